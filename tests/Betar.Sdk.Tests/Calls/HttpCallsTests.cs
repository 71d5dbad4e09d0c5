using System.Net;
using System.Text.Json;
using Betar.Sdk.Buying;
using Betar.Sdk.Calls;

namespace Betar.Sdk.Tests.Calls;

public sealed class HttpCallsTests
{
    [Fact]
    public async Task An_operation_is_posted_with_its_token_and_arguments()
    {
        var wire = new Wire(HttpStatusCode.OK, """{"output":"42","stage":"Delivered"}""");
        using BetarClient client = Client(wire);

        Purchase bought = (await client.ExecuteAsync("math", "6 * 7", new ExecuteOptions { MaxUsdc = "0.01", PurchaseId = "p", MandateId = "m", AcceptUnverified = true })).OrThrow();

        Assert.Equal("42", bought.Output);
        Assert.Equal(("http://127.0.0.1:8424/v1/rpc/agents.execute", "Bearer secret"), (wire.Url, wire.Authorization));
        Assert.Equal("""{"agentId":"math","task":"6 * 7","purchaseId":"p","max":"0.01","mandate":"m","acceptUnverified":true}""", wire.Body);
    }

    [Fact]
    public async Task A_search_says_what_is_looked_for()
    {
        var wire = new Wire(HttpStatusCode.OK, "[]");
        using BetarClient client = Client(wire);

        await client.DiscoverAsync(new AgentQuery { Text = "sum", Tags = ["math"], MaxPriceUsdc = "0.5", Limit = 9_999 });

        Assert.Equal("""{"text":"sum","tags":["math"],"maxPrice":"0.5","limit":500}""", wire.Body);
    }

    [Fact]
    public async Task Pieces_are_read_as_they_come_and_the_purchase_is_the_last()
    {
        var wire = new Wire(HttpStatusCode.OK, ": \n\nevent: partial\ndata: {\"text\":\"4\"}\n\nevent: partial\ndata: {\"text\":\"2\"}\n\nevent: result\ndata: {\"output\":\"42\"}\n\n") { Type = "text/event-stream" };
        using BetarClient client = Client(wire);
        List<PurchasePiece> pieces = await ReadAsync(client);

        Assert.Equal(["4", "2", ""], pieces.Select(piece => piece.Text));
        Assert.Equal(("42", "p"), (pieces[^1].Result!.OrThrow().Output, pieces[^1].Result!.OrThrow().PurchaseId));
        Assert.Equal("text/event-stream", wire.Accept);
    }

    [Theory]
    [InlineData("event: problem\ndata: {\"code\":\"BTR-3008\",\"detail\":\"Full\",\"next\":\"wait\"}\n\n", "BTR-3008")]
    [InlineData("event: partial\ndata: {\"text\":\"4\"}\n\n", "BTR-2011")]
    [InlineData("event: result\ndata: <html>\n\n", "BTR-2011")]
    [InlineData("", "BTR-2011")]
    public async Task Events_that_bring_no_purchase_say_why(string events, string code)
    {
        using BetarClient client = Client(new Wire(HttpStatusCode.OK, events) { Type = "text/event-stream" });

        Assert.Equal(code, (await ReadAsync(client))[^1].Result!.Refusal!.Code);
    }

    [Fact]
    public async Task A_node_that_knows_no_pieces_answers_whole()
    {
        using BetarClient client = Client(new Wire(HttpStatusCode.OK, """{"output":"42"}"""));

        Assert.Equal("42", Assert.Single(await ReadAsync(client)).Result!.OrThrow().Output);
    }

    private static async Task<List<PurchasePiece>> ReadAsync(BetarClient client)
    {
        List<PurchasePiece> pieces = [];
        await foreach (PurchasePiece piece in client.StreamAsync("math", "6 * 7", new ExecuteOptions { PurchaseId = "p" }))
            pieces.Add(piece);
        return pieces;
    }

    [Fact]
    public async Task A_problem_is_a_refusal_with_its_code()
    {
        using BetarClient client = Client(new Wire(HttpStatusCode.UnprocessableEntity, """{"code":"BTR-3014","detail":"Too much today","next":"wait"}"""));

        BetarRefusal refusal = (await client.ExecuteAsync("math", "1")).Refusal!;

        Assert.Equal(new BetarRefusal("BTR-3014", "Too much today", "wait"), refusal);
        Assert.Equal("BTR-3014: Too much today; wait", Assert.Throws<BetarRefusedException>(() => BetarResult().OrThrow()).Message);

        BetarResult<int> BetarResult() => refusal;
    }

    [Fact]
    public async Task A_problem_without_a_code_names_its_status()
    {
        using BetarClient client = Client(new Wire(HttpStatusCode.Unauthorized, "{}"));

        Assert.Equal("HTTP 401", (await client.QuoteAsync("math")).Refusal!.Code);
    }

    [Fact]
    public async Task An_answer_that_is_no_JSON_is_no_answer()
    {
        using BetarClient client = Client(new Wire(HttpStatusCode.OK, "<html>"));

        Assert.Equal("BTR-2011", (await client.QuoteAsync("math")).Refusal!.Code);
    }

    [Fact]
    public async Task A_node_that_is_not_there_did_not_answer()
    {
        using BetarClient client = Client(new Wire(new HttpRequestException("refused")));

        Assert.Equal("BTR-2011", (await client.QuoteAsync("math")).Refusal!.Code);
    }

    [Fact]
    public async Task A_node_that_is_too_slow_did_not_answer()
    {
        using BetarClient client = Client(new Wire(new TaskCanceledException()));

        Assert.Equal("BTR-2011", (await client.QuoteAsync("math")).Refusal!.Code);
    }

    [Fact]
    public async Task Who_gives_up_is_told_so()
    {
        using BetarClient client = Client(new Wire(new TaskCanceledException()));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.QuoteAsync("math", new CancellationToken(canceled: true)));
    }

    private static BetarClient Client(Wire wire) => new(new HttpCalls(new Uri("http://127.0.0.1:8424"), "secret", TimeSpan.FromMinutes(1), wire));

    private sealed class Wire(HttpStatusCode status, string answer) : HttpMessageHandler
    {
        private readonly Exception? _fault;

        public Wire(Exception fault) : this(HttpStatusCode.OK, "") => _fault = fault;

        public string Type { get; init; } = "application/json";

        public string Accept { get; private set; } = "";

        public string Url { get; private set; } = "";

        public string Authorization { get; private set; } = "";

        public string Body { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_fault is not null)
                throw _fault;
            (Url, Authorization, Body) = (request.RequestUri!.ToString(), request.Headers.Authorization!.ToString(), await request.Content!.ReadAsStringAsync(cancellationToken));
            Accept = request.Headers.Accept.ToString();
            return new HttpResponseMessage(status) { Content = new StringContent(answer, System.Text.Encoding.UTF8, Type) };
        }
    }
}
