using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Tokens;

public sealed class TokenEventTests
{
    static readonly Hash32 _payer = TokenTopics.FromAddress(TestKeys.PayerAddress);
    static readonly Hash32 _seller = TokenTopics.FromAddress(TestKeys.SellerAddress);
    static readonly byte[] _value = AbiWriter.Result(1).Add(1200UL).ToArray();

    static LogEntry Log(Hash32[] topics, byte[] data, Address? address = null) =>
        new(address ?? TestKeys.Usdc, topics, data, 1, Hash32.Zero, Hash32.Zero, 0, 0);

    [Fact]
    public void A_transfer_is_decoded()
    {
        Assert.True(TransferEvent.TryDecode(Log([TokenAbi.TransferTopic, _payer, _seller], _value), TestKeys.Usdc, out var transfer));
        Assert.Equal(new TransferEvent(TestKeys.PayerAddress, TestKeys.SellerAddress, 1200), transfer);
    }

    [Fact]
    public void What_only_looks_like_a_transfer_is_none()
    {
        var topics = new[] { TokenAbi.TransferTopic, _payer, _seller };
        Assert.False(TransferEvent.TryDecode(Log(topics, _value, TestKeys.PayerAddress), TestKeys.Usdc, out _)); // another contract
        Assert.False(TransferEvent.TryDecode(Log([.. topics, Hash32.Zero], _value), TestKeys.Usdc, out _)); // a token of another kind
        Assert.False(TransferEvent.TryDecode(Log(topics, []), TestKeys.Usdc, out _));
        Assert.False(TransferEvent.TryDecode(Log([TokenAbi.AuthorizationUsedTopic, _payer, _seller], _value), TestKeys.Usdc, out _));
        Assert.False(TransferEvent.TryDecode(Log([TokenAbi.TransferTopic, TestKeys.NonceOf("no address"), _seller], _value), TestKeys.Usdc, out _));
        Assert.False(TransferEvent.TryDecode(Log([TokenAbi.TransferTopic, _payer, TestKeys.NonceOf("no address")], _value), TestKeys.Usdc, out _));
    }

    [Fact]
    public void Used_and_cancelled_authorisations_are_told_apart()
    {
        var nonce = TestKeys.NonceOf("n");
        Assert.True(AuthorizationEvent.TryDecode(Log([TokenAbi.AuthorizationUsedTopic, _payer, nonce], []), TestKeys.Usdc, out var used));
        Assert.Equal(new AuthorizationEvent(TestKeys.PayerAddress, nonce, Canceled: false), used);
        Assert.True(AuthorizationEvent.TryDecode(Log([TokenAbi.AuthorizationCanceledTopic, _payer, nonce], []), TestKeys.Usdc, out var cancelled));
        Assert.True(cancelled!.Canceled);
    }

    [Fact]
    public void What_only_looks_like_an_authorisation_event_is_none()
    {
        var nonce = TestKeys.NonceOf("n");
        Assert.False(AuthorizationEvent.TryDecode(Log([TokenAbi.TransferTopic, _payer, nonce], []), TestKeys.Usdc, out _));
        Assert.False(AuthorizationEvent.TryDecode(Log([TokenAbi.AuthorizationUsedTopic, _payer], []), TestKeys.Usdc, out _));
        Assert.False(AuthorizationEvent.TryDecode(Log([TokenAbi.AuthorizationUsedTopic, nonce, nonce], []), TestKeys.Usdc, out _));
        Assert.False(AuthorizationEvent.TryDecode(Log([TokenAbi.AuthorizationUsedTopic, _payer, nonce], [], TestKeys.PayerAddress), TestKeys.Usdc, out _));
    }
}
