namespace Betar.Ethereum.Tests.Rpc;

public sealed class RpcErrorTests
{
    static RpcError Error(string message, byte[]? data = null) => new(-32000, message, data ?? []);

    [Theory]
    [InlineData("already known", true, false)] // geth, and the devnet
    [InlineData("ALREADY KNOWN: transaction", true, false)]
    [InlineData("transaction already imported", true, false)] // anvil
    [InlineData("nonce too low: next nonce 5, tx nonce 4", false, true)]
    [InlineData("Nonce too low", false, true)]
    [InlineData("insufficient funds", false, false)]
    [InlineData("", false, false)]
    public void What_senders_need_to_know(string message, bool known, bool low) =>
        Assert.Equal((known, low), (Error(message).IsAlreadyKnown, Error(message).IsNonceTooLow));

    [Theory]
    [InlineData(3, "", true)]
    [InlineData(-32000, "execution reverted", true)] // geth, when no data came
    [InlineData(-32015, "VM execution error: Execution Reverted", true)]
    [InlineData(-32005, "limit exceeded", false)]
    [InlineData(-32000, "already known", false)]
    public void A_revert_is_told_from_other_errors(int code, string message, bool revert) =>
        Assert.Equal(revert, new RpcError(code, message, default).IsRevert);

    [Theory]
    [InlineData(429, "", true)]
    [InlineData(-32005, "daily request count exceeded, request rate limited", true)]
    [InlineData(-32000, "Too Many Requests", true)]
    [InlineData(-32005, "query returned more than 10000 results", false)]
    public void A_wish_to_be_asked_less_is_told_from_too_long_an_answer(int code, string message, bool limited) =>
        Assert.Equal(limited, new RpcError(code, message, default).IsRateLimited);

    [Fact]
    public void A_reason_comes_from_the_data_not_from_the_message()
    {
        Assert.Equal("why", Error("execution reverted: other", RevertReason.Encode("why")).RevertReason);
        Assert.Null(Error("execution reverted: other").RevertReason);
        Assert.Null(Error("execution reverted", [1, 2, 3, 4]).RevertReason);
    }

    [Fact]
    public void An_outcome_describes_itself()
    {
        Assert.Equal("answered", RpcOutcome.Value(1).Describe());
        Assert.Equal("the node answered error -32000: no", RpcOutcome.Error<int>(Error("no")).Describe());
        Assert.Equal("the node answered error -32000: why", RpcOutcome.Error<int>(Error("no", RevertReason.Encode("why"))).Describe());
        Assert.Equal("the node did not answer in time", RpcOutcome.TimedOut<int>().Describe());
        Assert.Equal("the node cannot be reached: no connection", RpcOutcome.Unreachable<int>().Describe());
        Assert.Equal("the node cannot be reached: refused", RpcOutcome.Unreachable<int>("refused").Describe());
        Assert.Equal("the node's answer cannot be read: why", RpcOutcome.InvalidResponse<int>("why").Describe());
    }

    [Fact]
    public void A_failure_passes_on_to_another_type_whole()
    {
        var failed = RpcOutcome.Error<int>(Error("no")).As<string>();
        Assert.Equal((RpcStatus.Error, "no"), (failed.Status, failed.Error!.Message));
        Assert.Equal("the node's answer cannot be read: why", RpcOutcome.InvalidResponse<int>("why").As<string>().Describe());
        Assert.True(RpcOutcome.Value("x").TryGetValue(out var value));
        Assert.Equal("x", value);
    }

    [Fact]
    public void A_missing_chain_has_a_status()
    {
        Assert.Equal(RpcStatus.TimedOut, new ChainUnavailableException(RpcStatus.TimedOut, "m").Status);
        Assert.Equal(RpcStatus.Unreachable, new ChainUnavailableException().Status);
        Assert.Equal(RpcStatus.Unreachable, new ChainUnavailableException("m").Status);
        Assert.Equal("inner", new ChainUnavailableException("m", new IOException("inner")).InnerException!.Message);
    }
}
