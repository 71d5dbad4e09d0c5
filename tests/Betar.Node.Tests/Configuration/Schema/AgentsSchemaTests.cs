using System.Text.Json.Nodes;
using Betar.Node.Configuration;
using Betar.Node.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Tests.Configuration.Schema;

public sealed class AgentsSchemaTests
{
    private static readonly JsonObject s_schema = AgentsSchema.Build();

    [Fact]
    public async Task It_is_printed()
    {
        CliRun run = await CliRun.RunAsync("agent", "schema");
        Assert.Equal((0, "agents.yaml"), (run.ExitCode, run.Json().GetProperty("title").GetString()));
    }

    [Theory]
    [InlineData("agent")]
    [InlineData("skill")]
    [InlineData("executor")]
    [InlineData("hire")]
    [InlineData("memory")]
    [InlineData("tokenPrice")]
    [InlineData("")]
    public void It_has_the_fields_that_are_read_and_no_others(string part)
    {
        string[] read = part switch
        {
            "agent" => AgentReader.Fields, "skill" => SkillReader.Fields, "executor" => [.. Betar.Agents.Configuration.ExecutorKinds.All], "hire" => AgentReader.HireFields, "memory" => MemoryReader.Fields, "tokenPrice" => PriceReader.TokenFields, _ => AgentsFile.TopFields,
        };
        JsonNode schema = part switch { "" => s_schema, "hire" or "memory" => s_schema["$defs"]!["agent"]!["properties"]![part]!, _ => s_schema["$defs"]![part]! };

        Assert.Equal(read.Order(StringComparer.Ordinal), schema["properties"]!.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_field_of_an_agent_says_what_it_is_for() => Assert.All(
        s_schema["$defs"]!["agent"]!["properties"]!.AsObject().Where(field => field.Value!["$ref"] is null),
        field => Assert.False(string.IsNullOrEmpty(field.Value!["description"]?.GetValue<string>()), field.Key));

    [Theory]
    [InlineData("agents: []")]
    [InlineData("agents:")]
    [InlineData("facilitator: https://f.example/\nagents: [ { name: a } ]")]
    [InlineData("agents: [ { name: a, price: 0.001, api_key: x, model: m, provider: google, openai_api_key: y, openai_base_url: 'http://localhost/v1', on_chain: true } ]")]
    [InlineData("agents: [ { name: a, priceAtomic: '1000', concurrency: 1, queue: 0, timeout: 60, memory: 10, refund: keep, retries: 3, hire: { perTask: 1, perDay: 2 } } ]")]
    [InlineData("agents: [ { name: a, memory: { policy: none } }, { name: b, memory: { policy: window, turns: 1000 } }, { name: c, memory: { policy: summary, turns: 1, summaryBytes: 16384 } } ]")]
    [InlineData("agents: [ { name: a, skills: [ { id: b, tags: [c], input: { type: object } } ], executor: { builtin: echo } } ]")]
    [InlineData("agents: [ { name: a, price: { perMillionTokens: 2.5, max: 0.05 } } ]")]
    [InlineData("agents: [ { name: a, price: { perMillionInputTokens: 0.000001, perMillionOutputTokens: '2', max: '0.05' } } ]")]
    public void It_takes_what_the_reader_takes(string yaml)
    {
        Assert.Null(AgentsFile.Parse(yaml, "agents.yaml").Refusal);
        Assert.Empty(Faults(yaml));
    }

    [Theory]
    [InlineData("agents: [ { } ]")]
    [InlineData("agents: [ { name: a, color: red } ]")]
    [InlineData("agents: [ { name: a, price: cheap } ]")]
    [InlineData("agents: [ { name: a, price: 0.0000001 } ]")]
    [InlineData("agents: [ { name: a, price: { perMillionTokens: 2.5 } } ]")]
    [InlineData("agents: [ { name: a, price: { perMillionTokens: 0.0000001, max: 1 } } ]")]
    [InlineData("agents: [ { name: a, price: { perToken: 1, max: 1 } } ]")]
    [InlineData("agents: [ { name: a, payTo: me } ]")]
    [InlineData("agents: [ { name: a, queue: -1 } ]")]
    [InlineData("agents: [ { name: a, concurrency: 10001 } ]")]
    [InlineData("agents: [ { name: a, refund: perhaps } ]")]
    [InlineData("agents: [ { name: a, memory: 1001 } ]")]
    [InlineData("agents: [ { name: a, memory: much } ]")]
    [InlineData("agents: [ { name: a, memory: { turns: 5 } } ]")]
    [InlineData("agents: [ { name: a, memory: { policy: all } } ]")]
    [InlineData("agents: [ { name: a, memory: { policy: window, turns: 0 } } ]")]
    [InlineData("agents: [ { name: a, memory: { policy: summary, summaryBytes: 255 } } ]")]
    [InlineData("agents: [ { name: a, memory: { policy: summary, bytes: 300 } } ]")]
    [InlineData("agents: [ { name: a, executor: { } } ]")]
    [InlineData("agents: [ { name: a, executor: { builtin: sing } } ]")]
    [InlineData("agents: [ { name: a, executor: { builtin: echo, dotnet: x } } ]")]
    [InlineData("agents: [ { name: a, skills: [ { name: b } ] } ]")]
    [InlineData("agents: text")]
    public void It_refuses_what_the_reader_refuses(string yaml)
    {
        Assert.NotNull(AgentsFile.Parse(yaml, "agents.yaml").Refusal);
        Assert.NotEmpty(Faults(yaml));
    }

    private static List<string> Faults(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return new SchemaCheck(s_schema).Faults(JsonNode.Parse(YamlJson.Of(stream.Documents[0].RootNode, new FaultList())!));
    }
}
