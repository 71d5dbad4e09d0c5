using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet.Token;

public sealed class TokenCallDecoderTests
{
    [Fact]
    public void Both_overloads_decode_to_the_same_call()
    {
        var authorization = TokenSigner.Transfer("a", value: 5, validAfter: 7, validBefore: 9);
        foreach (var data in new[] { Eip3009Token.EncodeTransferWithAuthorization(authorization), Eip3009Token.EncodeTransferWithAuthorizationBytes(authorization) })
        {
            var call = TokenCallDecoder.Decode(data);
            Assert.Equal(TokenMethod.TransferWithAuthorization, call.Method);
            Assert.True(call.NeedsProof && call.ChangesState);
            Assert.Equal((authorization.From, authorization.To, authorization.Value, authorization.Nonce), (call.From, call.To, call.Value, call.Nonce));
            Assert.Equal(((UInt256)7UL, (UInt256)9UL), (call.ValidAfter, call.ValidBefore));
            Assert.Equal(authorization.Signature, call.Signature.ToArray());
            Assert.Equal(AuthorizationProof.Unchecked, call.Proof);
        }
    }

    [Fact]
    public void Every_function_is_known()
    {
        var account = TestKeys.SellerAddress;
        Assert.Equal(TokenMethod.Transfer, TokenCallDecoder.Decode(Eip3009Token.EncodeTransfer(account, 3)).Method);
        Assert.Equal(TokenMethod.BalanceOf, TokenCallDecoder.Decode(Eip3009Token.EncodeBalanceOf(account)).Method);
        Assert.Equal(TokenMethod.AuthorizationState, TokenCallDecoder.Decode(Eip3009Token.EncodeAuthorizationState(account, default)).Method);
        Assert.Equal(TokenMethod.CancelAuthorization, TokenCallDecoder.Decode(Eip3009Token.EncodeCancelAuthorization(account, default, new byte[65])).Method);
        foreach (var (selector, method) in new[]
        {
            (TokenAbi.Name, TokenMethod.Name),
            (TokenAbi.Version, TokenMethod.Version),
            (TokenAbi.Decimals, TokenMethod.Decimals),
            (TokenAbi.DomainSeparator, TokenMethod.DomainSeparator),
            (TokenAbi.TotalSupply, TokenMethod.TotalSupply),
        })
        {
            Assert.Equal(method, TokenCallDecoder.Decode(AbiWriter.Call(selector, 0).ToArray()).Method);
            Assert.Equal(method, TokenCallDecoder.Decode(AbiWriter.Call(selector, 1).Add(1UL).ToArray()).Method);
        }
    }

    [Fact]
    public void Calls_that_lack_a_byte_are_unknown()
    {
        foreach (var good in new[]
        {
            Eip3009Token.EncodeTransferWithAuthorization(TokenSigner.Transfer("a")),
            Eip3009Token.EncodeTransfer(TestKeys.SellerAddress, 3),
            Eip3009Token.EncodeBalanceOf(TestKeys.SellerAddress),
            Eip3009Token.EncodeAuthorizationState(TestKeys.SellerAddress, default),
            Eip3009Token.EncodeCancelAuthorization(TestKeys.SellerAddress, default, new byte[65]),
        })
        {
            for (var length = 0; length < good.Length; length++)
                Assert.Equal(TokenMethod.Unknown, TokenCallDecoder.Decode(good.AsMemory(0, length)).Method);
            Assert.NotEqual(TokenMethod.Unknown, TokenCallDecoder.Decode(new byte[][] { good, [1, 2, 3] }.SelectMany(b => b).ToArray()).Method);
        }
    }

    [Fact]
    public void The_mint_has_no_selector()
    {
        Fuzz.Mutate(Eip3009Token.EncodeTransferWithAuthorization(TokenSigner.Transfer("a")), 5_000, seed: 3009, data =>
        {
            var call = TokenCallDecoder.Decode(data);
            Assert.NotEqual(TokenMethod.Mint, call.Method);
            Assert.NotEqual(TokenMethod.None, call.Method);
            if (call.NeedsProof)
                TokenSigner.Domain.Check(call);
        });
    }
}
