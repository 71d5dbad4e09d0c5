using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet.Token;

public sealed class TokenLogTests
{
    static readonly TokenCall _call = new(TokenMethod.TransferWithAuthorization)
    {
        From = TestKeys.PayerAddress,
        To = TestKeys.SellerAddress,
        Value = 10,
        Nonce = TestKeys.NonceOf("a"),
    };

    static readonly Hash32 _payer = TokenTopics.FromAddress(TestKeys.PayerAddress);
    static readonly Hash32 _seller = TokenTopics.FromAddress(TestKeys.SellerAddress);
    static readonly Hash32 _sender = TokenTopics.FromAddress(TestKeys.SenderAddress);

    static TokenLog[] Logs(TokenMethod method) =>
        [.. Enumerable.Range(0, TokenLog.CountOf(_call with { Method = method })).Select(i => TokenLog.Of(_call with { Method = method }, TestKeys.SenderAddress, i))];

    [Fact]
    public void Each_call_writes_what_the_token_writes()
    {
        Assert.Equal(
            [new(TokenAbi.AuthorizationUsedTopic, _payer, _call.Nonce, null), new(TokenAbi.TransferTopic, _payer, _seller, (UInt256)10UL)],
            Logs(TokenMethod.TransferWithAuthorization));
        Assert.Equal([new(TokenAbi.AuthorizationCanceledTopic, _payer, _call.Nonce, null)], Logs(TokenMethod.CancelAuthorization));
        Assert.Equal([new(TokenAbi.TransferTopic, _sender, _seller, (UInt256)10UL)], Logs(TokenMethod.Transfer));
        Assert.Equal([new(TokenAbi.TransferTopic, Hash32.Zero, _seller, (UInt256)10UL)], Logs(TokenMethod.Mint));
    }

    [Fact]
    public void Calls_that_change_nothing_write_nothing()
    {
        foreach (var method in Enum.GetValues<TokenMethod>())
            Assert.Equal(new TokenCall(method).ChangesState, Logs(method).Length > 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenLog.Of(TokenCall.None, TestKeys.SenderAddress, 0));
    }

    [Fact]
    public void Topics_by_their_place()
    {
        var log = Logs(TokenMethod.Transfer)[0];
        Assert.Equal([log.Topic0, log.Topic1, log.Topic2], [log.Topic(0), log.Topic(1), log.Topic(2)]);
    }
}
