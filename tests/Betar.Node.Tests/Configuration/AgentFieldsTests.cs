using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Conversations;
using Betar.Node.Composition;
using Betar.Node.Configuration;

namespace Betar.Node.Tests.Configuration;

/// <summary>The fields that are ours.</summary>
public sealed class AgentFieldsTests
{
    private static readonly Address s_payee = Address.Parse("0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1");

    [Fact]
    public void All_of_them_come_into_the_spec()
    {
        AgentSpec spec = Spec("""
            concurrency: 3
            queue: 5
            timeout: 60
            memory: 10
            refund: keep
            hire: { perTask: 0.01, perDay: 0.25 }
            skills:
              - id: sum
                name: Sums
                description: adds
                tags: [math, exact]
                input: { type: object, required: [a], properties: { a: { type: number, minimum: 0.5 }, b: { const: "1" } } }
                output: { type: string }
            """);

        Assert.Equal((3, 5, 60, 10, "keep"), (spec.MaxConcurrency, spec.MaxQueue, spec.TimeoutSeconds, spec.MemoryTurns, spec.RefundPolicy));
        Assert.Equal(("10000", "250000"), (spec.HirePerTaskAtomic, spec.HirePerDayAtomic));
        AgentSkill skill = Assert.Single(spec.Skills);
        Assert.Equal(("sum", "Sums", "adds", "math,exact"), (skill.SkillId, skill.Name, skill.Description, string.Join(',', skill.Tags)));
        Assert.Equal("""{"type":"object","required":["a"],"properties":{"a":{"type":"number","minimum":0.5},"b":{"const":"1"}}}""", skill.InputSchema);
        Assert.Equal("""{"type":"string"}""", skill.OutputSchema);
    }

    [Fact]
    public void Without_them_the_spec_has_its_defaults()
    {
        AgentSpec spec = Spec("description: plain"), plain = new() { AgentId = "", Name = "", PriceAtomic = "0", PayTo = "", ExecutorKind = "", ExecutorTarget = "" };

        Assert.Equal((plain.MaxConcurrency, plain.MaxQueue, plain.TimeoutSeconds, plain.MemoryTurns, plain.RefundPolicy),
            (spec.MaxConcurrency, spec.MaxQueue, spec.TimeoutSeconds, spec.MemoryTurns, spec.RefundPolicy));
        Assert.Equal(("0", "0", "{}"), (spec.HirePerTaskAtomic, spec.HirePerDayAtomic, spec.ExecutorConfig));
        Assert.Empty(spec.Skills);
    }

    [Theory]
    [InlineData("memory: 7", 7, 0)]
    [InlineData("memory:", 0, 0)]
    [InlineData("memory: { policy: none }", 0, 0)]
    [InlineData("memory: { policy: window }", 10, 0)]
    [InlineData("memory: { policy: window, turns: 3 }", 3, 0)]
    [InlineData("memory: { policy: summary }", 10, 2_048)]
    [InlineData("memory: { policy: summary, turns: 1, summaryBytes: 256 }", 1, 256)]
    public void A_memory_is_a_number_or_a_policy(string field, int turns, int bytes) =>
        Assert.Equal(new MemoryPolicy(turns, bytes), AgentSpecs.Of(Assert.Single(Parse(field, withExecutor: false).OrThrow().Agents), "did:1", s_payee.ToString()).Memory);

    [Theory]
    [InlineData("memory: 1001", "line 5, column 13: memory is a whole number from 0 to 1000")]
    [InlineData("memory: [1]", "line 5, column 13: memory is a single value")]
    [InlineData("memory: { turns: 1 }", "line 5, column 13: policy is none, window or summary")]
    [InlineData("memory: { policy: all }", "line 5, column 23: policy is none, window or summary")]
    [InlineData("memory: { policy: window, turns: 0 }", "line 5, column 38: turns is a whole number from 1 to 1000")]
    [InlineData("memory: { policy: none, turns: 1 }", "line 5, column 36: policy none has no turns")]
    [InlineData("memory: { policy: window, summaryBytes: 300 }", "line 5, column 45: policy window has no summaryBytes")]
    [InlineData("memory: { policy: summary, summaryBytes: 255 }", "line 5, column 46: summaryBytes is a whole number from 256 to 16384")]
    [InlineData("memory: { policy: summary, bytes: 300 }", "line 5, column 32: memory has no field \"bytes\"")]
    [InlineData("memory: { policy: summary }", "line 5, column 13: memory with policy summary is for an llm agent, whose model makes the summary; builtin has none")]
    public void A_memory_that_is_written_otherwise_is_refused_with_its_place(string field, string fault) =>
        Assert.Contains(fault, Parse(field).Refusal!.Sentence, StringComparison.Ordinal);

    [Fact]
    public void A_skill_needs_only_an_id()
    {
        AgentSkill skill = Assert.Single(Spec("skills: [ { id: sum } ]").Skills);
        Assert.Equal(("sum", "sum", "", "", ""), (skill.SkillId, skill.Name, skill.Description, skill.InputSchema, skill.OutputSchema));
    }

    [Theory]
    [InlineData("skills: sum")]
    [InlineData("skills: [ sum ]")]
    [InlineData("skills: [ { name: sum } ]")]
    [InlineData("skills: [ { id: sum }, { id: sum } ]")]
    [InlineData("skills: [ { id: sum, tags: math } ]")]
    [InlineData("skills: [ { id: sum, tags: [''] } ]")]
    [InlineData("skills: [ { id: sum, tags: [[a]] } ]")]
    [InlineData("skills: [ { id: sum, input: text } ]")]
    [InlineData("skills: [ { id: sum, output: [a] } ]")]
    [InlineData("skills: [ { id: sum, input: { [a]: b } } ]")]
    [InlineData("skills: [ { id: sum, price: 1 } ]")]
    [InlineData("hire: { perTask: 0.0000001 }")]
    public void A_skill_or_a_budget_that_is_written_otherwise_is_refused(string field) => Assert.NotNull(Parse(field).Refusal);

    [Fact]
    public void Skills_and_their_texts_have_limits()
    {
        Assert.True(Parse(Skills(SkillReader.MostSkills)).IsOk);
        Assert.False(Parse(Skills(SkillReader.MostSkills + 1)).IsOk);
        Assert.True(Parse($"skills: [ {{ id: a, description: {new string('x', SkillReader.LongestText)} }} ]").IsOk);
        Assert.False(Parse($"skills: [ {{ id: a, description: {new string('x', SkillReader.LongestText + 1)} }} ]").IsOk);
    }

    [Fact]
    public void A_fault_names_its_line_and_column() =>
        Assert.Contains("line 5, column 12: ", Parse("queue: -1").Refusal!.Sentence, StringComparison.Ordinal);

    [Theory]
    [InlineData("dotnet: summarise", "dotnet", "summarise", "{}")]
    [InlineData("http: { url: 'https://service.example/secret/path' }", "http", "service.example", """{"url":"https://service.example/secret/path"}""")]
    [InlineData("process: { command: [tr, a-z, A-Z] }", "process", "tr", """{"command":["tr","a-z","A-Z"]}""")]
    [InlineData("mcp: { tool: search, command: [server] }", "mcp", "server", """{"tool":"search","command":["server"]}""")]
    public void An_executor_is_a_kind_a_word_for_people_and_settings(string executor, string kind, string name, string settings) =>
        Assert.Equal(new ExecutorDeclaration(kind, name, settings), Assert.Single(Parse("executor: { " + executor + " }", withExecutor: false).OrThrow().Agents).Executor);

    [Theory]
    [InlineData("1", "1")]
    [InlineData("-1.5e3", "-1.5e3")]
    [InlineData("'1'", "\"1\"")]
    [InlineData("01", "\"01\"")]
    [InlineData("1.", "\"1.\"")]
    [InlineData("0x10", "\"0x10\"")]
    [InlineData("12345678901234567890123", "\"12345678901234567890123\"")]
    [InlineData("true", "true")]
    [InlineData("'true'", "\"true\"")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("[a, {b: 2}]", "[\"a\",{\"b\":2}]")]
    public void Settings_are_yaml_of_the_core_schema(string yaml, string json) => Assert.Equal(
        "{\"x\":" + json + "}", Assert.Single(Parse("skills: [ { id: a, input: { x: " + yaml + " } } ]").OrThrow().Agents).Skills[0].InputSchema);

    [Fact]
    public void Anchors_cannot_make_much_of_little()
    {
        string bomb = "skills: [ { id: s, input: { a: &a [x,x,x,x,x,x,x,x,x,x], b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a], c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b], d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c], e: [*d,*d,*d,*d] } } ]";

        Assert.Contains("more than 10000 values", Parse(bomb).Refusal!.Sentence, StringComparison.Ordinal);
    }

    private static string Skills(int count) => $"skills: [ {string.Join(", ", Enumerable.Range(0, count).Select(number => $"{{ id: s{number} }}"))} ]";

    private static AgentSpec Spec(string fields) => AgentSpecs.Of(Assert.Single(Parse(fields).OrThrow().Agents), "did:1", s_payee.ToString());

    private static Betar.Node.Errors.Checked<FleetDeclaration> Parse(string fields, bool withExecutor = true) => AgentsFile.Parse(
        $"agents:\n  - name: a\n    price: 1\n    {(withExecutor ? "executor: { builtin: echo }" : "description: x")}\n    " + fields.ReplaceLineEndings("\n").Replace("\n", "\n    ", StringComparison.Ordinal) + "\n", "agents.yaml");
}
