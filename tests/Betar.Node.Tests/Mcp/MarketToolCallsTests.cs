using System.Text.Json;
using Betar.Node.Errors;
using Betar.Node.Mcp;
using ModelContextProtocol.Protocol;

namespace Betar.Node.Tests.Mcp;

public sealed class MarketToolCallsTests
{
    private readonly ScriptedNode _node = new ScriptedNode()
        .Answers("market.search", """{"items":[]}""").Answers("market.quote", """{"id":"did:key:z1","priceAtomic":"1000"}""")
        .Answers("agents.execute", """{"output":"42","stage":"Delivered"}""").Answers("purchases.show", """{"stage":"Delivered"}""");

    [Fact]
    public void Without_a_mandate_nothing_that_buys_is_offered() =>
        Assert.Equal(["market_search", "market_quote", "purchase_show"], Calls(mandate: null).Tools.Select(tool => tool.Tool.Name));

    [Fact]
    public void With_a_mandate_everything_is_offered() =>
        Assert.Equal(["market_search", "market_quote", "market_buy", "purchase_show"], Calls().Tools.Select(tool => tool.Tool.Name));

    [Fact]
    public async Task Without_a_mandate_nothing_is_bought()
    {
        CallToolResult result = await CallAsync(Calls(mandate: null), "market_buy", """{"agent":"math","task":"1","max":"1"}""");

        Assert.True(result.IsError);
        Assert.Empty(_node.Asked);
    }

    [Fact]
    public async Task A_purchase_goes_under_the_mandate_with_a_name_of_its_own()
    {
        CallToolResult result = await CallAsync(Calls(), "market_buy", """{"agent":"math","task":"6 * 7","max":"0.01"}""");

        (string operation, JsonElement asked) = Assert.Single(_node.Asked);
        Assert.Equal("agents.execute", operation);
        Assert.Equal(("math", "6 * 7", "0.01", "m-1"), (Text(asked, "agentId"), Text(asked, "task"), Text(asked, "max"), Text(asked, "mandate")));
        Assert.True(Guid.TryParse(Text(asked, "purchaseId"), out _));
        Assert.Contains("42", Said(result), StringComparison.Ordinal);
        Assert.NotEqual(true, result.IsError);
    }

    [Fact]
    public async Task Two_purchases_have_two_names()
    {
        MarketToolCalls calls = Calls();
        for (int i = 0; i < 2; i++)
            await CallAsync(calls, "market_buy", """{"agent":"math","task":"6 * 7","max":"0.01"}""");

        Assert.Equal(2, _node.Asked.Select(asked => Text(asked.Arguments, "purchaseId")).Distinct().Count());
    }

    [Fact]
    public async Task A_named_purchase_keeps_its_name()
    {
        await CallAsync(Calls(), "market_buy", """{"agent":"math","task":"1","max":"1","purchase_id":"p-1"}""");

        Assert.Equal("p-1", Text(Assert.Single(_node.Asked).Arguments, "purchaseId"));
    }

    [Fact]
    public async Task A_client_cannot_name_another_mandate()
    {
        CallToolResult result = await CallAsync(Calls(), "market_buy", """{"agent":"math","task":"1","max":"1","mandate":"other"}""");

        Assert.True(result.IsError);
        Assert.Empty(_node.Asked);
    }

    [Fact]
    public async Task Unsigned_listings_are_bought_only_when_the_operator_said_so()
    {
        await CallAsync(Calls(), "market_buy", """{"agent":"math","task":"1","max":"1"}""");
        await CallAsync(new MarketToolCalls(_node.CallAsync, "m-1", acceptUnverified: true), "market_buy", """{"agent":"math","task":"1","max":"1"}""");

        Assert.False(_node.Asked[0].Arguments.TryGetProperty("acceptUnverified", out _));
        Assert.True(_node.Asked[1].Arguments.GetProperty("acceptUnverified").GetBoolean());
    }

    [Theory]
    [InlineData("""{"task":"1","max":"1"}""", "agent")]
    [InlineData("""{"agent":"math","max":"1"}""", "task")]
    [InlineData("""{"agent":"math","task":"1"}""", "max")]
    public async Task What_a_purchase_needs_is_asked_for(string arguments, string missing)
    {
        CallToolResult result = await CallAsync(Calls(), "market_buy", arguments);

        Assert.True(result.IsError);
        Assert.Contains($"needs {missing}", Said(result), StringComparison.Ordinal);
        Assert.Empty(_node.Asked);
    }

    [Theory]
    [InlineData("""{"agent":{"a":1}}""")]
    [InlineData("""{"agent":[1]}""")]
    [InlineData("""{"agent":true}""")]
    [InlineData("""{"agent":null}""")]
    [InlineData("""{"agent":1.5}""")]
    public async Task Other_kinds_of_values_are_refused(string arguments)
    {
        Assert.True((await CallAsync(Calls(), "market_quote", arguments)).IsError);
        Assert.Empty(_node.Asked);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused()
    {
        string task = new('x', MarketToolSet.LongestText + 1);

        Assert.True((await CallAsync(Calls(), "market_buy", $$"""{"agent":"math","task":"{{task}}","max":"1"}""")).IsError);
        Assert.Empty(_node.Asked);
    }

    [Fact]
    public async Task A_tool_that_is_not_there_is_refused_and_shown_safely()
    {
        CallToolResult result = await CallAsync(Calls(), "a\u001b[31mb", "{}");

        Assert.True(result.IsError);
        Assert.DoesNotContain('\u001b', Said(result));
    }

    [Fact]
    public async Task A_refusal_of_the_node_is_an_answer_with_its_code_and_the_purchase_to_ask_again()
    {
        _node.Refuses("agents.execute", ErrorCatalog.NodeDidNotAnswer.Refuse("It was too slow"));

        CallToolResult result = await CallAsync(Calls(), "market_buy", """{"agent":"math","task":"1","max":"1"}""");

        Assert.True(result.IsError);
        Assert.Contains(ErrorCatalog.NodeDidNotAnswer.Code, Said(result), StringComparison.Ordinal);
        Assert.Contains(Text(Assert.Single(_node.Asked).Arguments, "purchaseId"), Said(result), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_argument_of_a_schema_is_handed_on_and_no_other() => Assert.All(MarketToolSet.All, tool => Assert.Equal(
        tool.Tool.InputSchema.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(), tool.Arguments.Keys.Order()));

    private MarketToolCalls Calls(string? mandate = "m-1") => new(_node.CallAsync, mandate, acceptUnverified: false);

    private static async Task<CallToolResult> CallAsync(MarketToolCalls calls, string tool, string arguments)
    {
        using JsonDocument document = JsonDocument.Parse(arguments);
        return await calls.CallAsync(tool, document.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.Clone())), CancellationToken.None);
    }

    private static string Said(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;

    private static string Text(JsonElement value, string name) => value.GetProperty(name).GetString()!;
}
