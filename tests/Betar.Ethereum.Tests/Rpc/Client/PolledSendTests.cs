using System.Text.Json.Nodes;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Rpc.Client;

/// <summary>Nodes whose sends do not wait for a block.</summary>
public sealed class PolledSendTests
{
    private const string NoMethod = "\"error\":{\"code\":-32601,\"message\":\"no such method\"}";
    private const string NoTimeout = "\"error\":{\"code\":-32602,\"message\":\"invalid type: integer `30000`\"}";
    private const string Nothing = "\"result\":null";

    private static readonly SignedTransaction Transaction =
        new Eip1559Transaction { ChainId = 31337, Nonce = 0, GasLimit = 21_000, To = TestKeys.SellerAddress }.Sign(TestKeys.Sender);

    private static readonly string Receipt = $$"""
        "result":{"transactionHash":"{{Transaction.Hash}}","blockHash":"{{Hash32.Zero}}","status":"0x1","blockNumber":"0x1","transactionIndex":"0x0",
        "from":"{{TestKeys.SenderAddress}}","to":null,"gasUsed":"0x5208","logs":[]}
        """;

    private static readonly string Sent = $"\"result\":\"{Transaction.Hash}\"";

    private readonly HastyTime time = new();
    private readonly List<string> asked = [];
    private readonly Dictionary<string, Queue<string>> answers = [];

    [Theory]
    [InlineData(NoMethod)]
    [InlineData(NoTimeout)]
    public async Task The_receipt_is_asked_for_until_it_is_there(string refusal)
    {
        Answer("eth_sendRawTransactionSync", refusal);
        Answer("eth_sendRawTransaction", Sent);
        Answer("eth_getTransactionReceipt", Nothing, Nothing, Receipt);

        var outcome = await RunAsync();

        Assert.Equal(Transaction.Hash, outcome.Value.TransactionHash);
        Assert.Equal(
            ["eth_sendRawTransactionSync", "eth_sendRawTransaction", "eth_getTransactionReceipt", "eth_getTransactionReceipt", "eth_getTransactionReceipt"],
            asked);
    }

    [Fact]
    public async Task What_the_node_does_not_have_is_asked_once()
    {
        Answer("eth_sendRawTransactionSync", NoMethod);
        Answer("eth_sendRawTransaction", Sent, Sent);
        Answer("eth_getTransactionReceipt", Receipt, Receipt);
        var client = Client();
        await client.SendRawTransactionSyncAsync(Transaction.Raw, TimeSpan.FromSeconds(1), default);
        await client.SendRawTransactionSyncAsync(Transaction.Raw, TimeSpan.FromSeconds(1), default);

        Assert.Single(asked, "eth_sendRawTransactionSync");
    }

    [Fact]
    public async Task A_transaction_that_the_node_holds_already_is_waited_for()
    {
        Answer("eth_sendRawTransactionSync", NoTimeout);
        Answer("eth_sendRawTransaction", "\"error\":{\"code\":-32003,\"message\":\"transaction already imported\"}");
        Answer("eth_getTransactionReceipt", Receipt);

        Assert.True((await RunAsync()).IsValue);
    }

    [Fact]
    public async Task A_refusal_of_the_transaction_is_the_answer_and_nothing_is_remembered()
    {
        Answer("eth_sendRawTransactionSync", NoTimeout, NoTimeout);
        Answer("eth_sendRawTransaction", "\"error\":{\"code\":-32003,\"message\":\"nonce too low\"}", Sent);
        Answer("eth_getTransactionReceipt", Receipt);
        var client = Client();

        Assert.True((await client.SendRawTransactionSyncAsync(Transaction.Raw, TimeSpan.FromSeconds(1), default)).Error!.IsNonceTooLow);
        Assert.True((await client.SendRawTransactionSyncAsync(Transaction.Raw, TimeSpan.FromSeconds(1), default)).IsValue);
        Assert.Equal(2, asked.Count(method => method == "eth_sendRawTransactionSync"));
    }

    [Fact]
    public async Task After_the_time_it_is_not_included_and_named()
    {
        Answer("eth_sendRawTransactionSync", NoMethod);
        Answer("eth_sendRawTransaction", Sent);
        Answer("eth_getTransactionReceipt", Nothing);

        var outcome = await RunAsync();

        Assert.Equal(RpcError.InclusionTimedOut, outcome.Error!.Code);
        Assert.Equal(Transaction.Hash, new Hash32(outcome.Error.Data.Span));
        // One second at 200 ms, the first at once and the last when it is over.
        Assert.Equal(6, asked.Count(method => method == "eth_getTransactionReceipt"));
    }

    [Fact]
    public async Task A_node_that_falls_silent_after_the_send_is_asked_on_and_then_told_of()
    {
        const string Broken = "\"error\":{\"code\":-32000,\"message\":\"try later\"}";
        Answer("eth_sendRawTransactionSync", NoMethod, NoMethod);
        Answer("eth_sendRawTransaction", Sent, Sent);
        Answer("eth_getTransactionReceipt", Broken, Broken, Receipt);
        Assert.True((await RunAsync()).IsValue);

        Answer("eth_getTransactionReceipt", Broken);
        Assert.Equal("try later", (await RunAsync()).Error!.Message);
    }

    [Fact]
    public async Task Other_errors_of_a_synchronous_send_are_its_answer()
    {
        Answer("eth_sendRawTransactionSync", "\"error\":{\"code\":-32000,\"message\":\"insufficient funds\"}");

        Assert.Equal("insufficient funds", (await RunAsync()).Error!.Message);
        Assert.Single(asked);
    }

    [Fact]
    public async Task Who_gives_up_is_let_go()
    {
        Answer("eth_sendRawTransactionSync", NoMethod);
        Answer("eth_sendRawTransaction", Sent);
        Answer("eth_getTransactionReceipt", Nothing);
        using var enough = new CancellationTokenSource();
        var asking = Client().SendRawTransactionSyncAsync(Transaction.Raw, TimeSpan.FromHours(1), enough.Token);
        await enough.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    private Task<RpcOutcome<TransactionReceipt>> RunAsync() => Client().SendRawTransactionSyncAsync(Transaction.Raw, TimeSpan.FromSeconds(1), default);

    /// <summary>The last one goes on being the answer.</summary>
    private void Answer(string method, params string[] bodies) => answers[method] = new Queue<string>(bodies);

    private JsonRpcChainClient Client() => new(
        new HttpClient(new ScriptedHandler(body =>
        {
            var request = JsonNode.Parse(body)!;
            asked.Add(request["method"]!.GetValue<string>());
            var left = answers[request["method"]!.GetValue<string>()];
            return $"{{\"jsonrpc\":\"2.0\",\"id\":{request["id"]},{(left.Count > 1 ? left.Dequeue() : left.Peek())}}}";
        })),
        new Uri("http://node.test/"),
        null,
        time);
}
