using Betar.Node.Configuration;
using Betar.Node.Tests.Support;
using Betar.X402;

namespace Betar.Node.Tests.Configuration;

public sealed class AgentsFileTests
{
    private const string PayTo = "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1";

    [Fact]
    public void Every_field_of_the_original_and_ours_is_read()
    {
        var agent = Assert.Single(Read($$"""
            agents:
              - name: alpha
                description: says it again
                price: 0.001
                payTo: "{{PayTo}}"
                executor: { builtin: echo }
                model: gemini-2.5-flash
                provider: google
                api_key: one
                openai_api_key: two
                openai_base_url: http://localhost/v1
                on_chain: true
                refundInterrupted: true
                retries: 10
            """));

        Assert.Equal(("alpha", "says it again", "1000", PayTo), (agent.Name, agent.Description, agent.Price.ToString(), agent.PayTo.ToString()));
        Assert.Equal(new ExecutorDeclaration("builtin", "echo"), agent.Executor);
        Assert.Equal(("gemini-2.5-flash", "google", "http://localhost/v1", true), (agent.Model, agent.Provider, agent.OpenAiBaseUrl, agent.OnChain));
        Assert.Equal((false, 10), (agent.MayRetry, agent.Retries));
        Assert.Equal(("one", "two", 2), (agent.ApiKey?.Reveal(), agent.OpenAiApiKey?.Reveal(), agent.Line));
    }

    [Fact]
    public void Only_a_name_and_an_executor_are_needed()
    {
        var agent = Assert.Single(Read("agents: [ { name: a, executor: { builtin: math } } ]"));

        Assert.Equal(("", AtomicAmount.Zero, null, false), (agent.Description, agent.Price, agent.PayTo, agent.OnChain));
        Assert.Equal((true, 0), (agent.MayRetry, agent.Retries));
    }

    [Fact]
    public void Secrets_do_not_show_when_a_declaration_is_printed()
    {
        var agent = Assert.Single(Read("agents: [ { name: a, api_key: hush-1, openai_api_key: hush-2, executor: { builtin: math } } ]"));

        Assert.DoesNotContain("hush", agent.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("agents:")]
    [InlineData("agents: []")]
    [InlineData("agents: ~")]
    public void A_file_may_declare_nobody(string yaml) => Assert.Empty(Read(yaml));

    [Fact]
    public void Without_the_folders_file_there_are_no_agents_but_a_file_that_was_named_must_be_there()
    {
        Assert.Empty(AgentsFile.LoadOptional("/nowhere/agents.yaml").Value.Agents);
        Assert.Equal("BTR-1010", AgentsFile.Load("/nowhere/agents.yaml").Refusal?.Error.Code);
    }

    [Fact]
    public void The_file_in_a_folder_is_read()
    {
        using var temp = new TempFolder();
        temp.File("agents.yaml", "agents: [ { name: a, executor: { builtin: echo } } ]");

        Assert.Single(AgentsFile.LoadOptional(temp.Data.Agents).Value.Agents);
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("1", "1000000")]
    [InlineData("0.000001", "1")]
    [InlineData("0.1", "100000")]
    [InlineData("'0.3'", "300000")]
    [InlineData("123456789012.654321", "123456789012654321")]
    public void A_price_is_exact(string price, string units) =>
        Assert.Equal(units, Assert.Single(Read($"agents: [ {{ name: a, price: {price}, executor: {{ builtin: echo }} }} ]")).Price.ToString());

    [Fact]
    public void A_price_in_units_is_taken_as_it_is() =>
        Assert.Equal("1000", Assert.Single(Read("agents: [ { name: a, priceAtomic: '1000', executor: { builtin: echo } } ]")).Price.ToString());

    [Theory]
    [InlineData("price: 0.0000001")]
    [InlineData("price: 1e-3")]
    [InlineData("price: -1")]
    [InlineData("price: +1")]
    [InlineData("price: .5")]
    [InlineData("price: 5.")]
    [InlineData("price: 1,5")]
    [InlineData("price: 0x10")]
    [InlineData("price: .inf")]
    [InlineData("price: .nan")]
    [InlineData("price: 01")]
    [InlineData("price: cheap")]
    [InlineData("priceAtomic: 0.5")]
    [InlineData("priceAtomic: -1")]
    [InlineData("priceAtomic: 1e6")]
    public void A_price_that_is_no_amount_is_refused(string field) => AssertRefused("BTR-1014", 3, $"""
        agents:
          - name: a
            {field}
            executor: {PlainEcho}
        """);

    [Fact]
    public void Two_prices_exclude_each_other() => AssertRefused("BTR-1014", 4, $"""
        agents:
          - name: a
            price: 0.001
            priceAtomic: "1000"
            executor: {PlainEcho}
        """);

    [Theory]
    [InlineData("0x1A642f0E3c3aF545E7AcBD38b07251B3990914F1")]
    [InlineData("0x1a642f0E3c3aF545E7AcBD38b07251B3990914F")]
    [InlineData("1a642f0E3c3aF545E7AcBD38b07251B3990914F1")]
    [InlineData("me")]
    [InlineData("0x0000000000000000000000000000000000000000")]
    public void A_bad_payee_is_refused(string address) => AssertRefused("BTR-1015", 3, $"""
        agents:
          - name: a
            payTo: "{address}"
            executor: {PlainEcho}
        """);

    [Fact]
    public void An_address_without_letter_case_is_taken() =>
        Assert.Equal(PayTo, Assert.Single(Read($"agents: [ {{ name: a, payTo: '{PayTo.ToLowerInvariant()}', executor: {PlainEcho} }} ]")).PayTo.ToString());

    [Theory]
    [InlineData("{}")]
    [InlineData("{ builtin: echo, http: {} }")]
    [InlineData("{ builtin: sing }")]
    [InlineData("{ builtin: [echo] }")]
    [InlineData("{ builtin: }")]
    [InlineData("{ dotnet: }")]
    [InlineData("{ dotnet: [a] }")]
    [InlineData("{ http: text }")]
    [InlineData("{ process: [a] }")]
    [InlineData("{ mcp: { [a]: b } }")]
    [InlineData("echo")]
    [InlineData("{ bultin: echo }")]
    public void An_executor_is_exactly_one_that_exists(string executor) => AssertRefused("BTR-1012", 3, $"""
        agents:
          - name: a
            executor: {executor}
        """);

    [Theory]
    [InlineData("name: ''")]
    [InlineData("name: ' a'")]
    [InlineData("name: \"a\\tb\"")]
    [InlineData("name: [a]")]
    [InlineData("description: none")]
    public void A_name_is_needed_and_plain(string field) => AssertRefused("BTR-1012", 2, $$"""
        agents:
          - { {{field}}, executor: { builtin: echo } }
        """);

    [Fact]
    public void A_name_has_its_limit()
    {
        Assert.Single(Read($"agents: [ {{ name: {new string('n', 128)}, executor: {PlainEcho} }} ]"));
        AssertRefused("BTR-1012", 1, $"agents: [ {{ name: {new string('n', 129)}, executor: {PlainEcho} }} ]");
    }

    [Fact]
    public void A_name_is_unique()
    {
        var refusal = AssertRefused("BTR-1012", 3, $$"""
            agents:
              - { name: twin, executor: {{PlainEcho}} }
              - { name: twin, executor: {{PlainEcho}} }
            """);

        Assert.Contains("line 2", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_field_is_refused_with_the_one_that_was_meant()
    {
        var refusal = AssertRefused("BTR-1012", 3, $"""
            agents:
              - name: a
                pirce: 1
                executor: {PlainEcho}
            """);

        Assert.Contains("did you mean price?", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agents: { name: a }")]
    [InlineData("agents: text")]
    [InlineData("- name: a")]
    [InlineData("just text")]
    [InlineData("agnets: []")]
    [InlineData("agents: [ text ]")]
    [InlineData("agents: [ { name: a, on_chain: perhaps, executor: { builtin: echo } } ]")]
    [InlineData("agents: [ { name: a, retries: 11, executor: { builtin: echo } } ]")]
    [InlineData("agents: [ { name: a, retries: -1, executor: { builtin: echo } } ]")]
    [InlineData("agents: [ { name: a, retries: many, executor: { builtin: echo } } ]")]
    [InlineData("agents: [ { name: a, concurrency: 0, executor: { builtin: echo } } ]")]
    [InlineData("agents: [ { name: a, concurrency: 10001, executor: { builtin: echo } } ]")]
    [InlineData("agents: [ { name: a, queue: 100001, executor: { builtin: echo } } ]")]
    [InlineData("agents: [ { name: a, timeout: 86401, executor: { builtin: echo } } ]")]
    [InlineData("agents: [ { name: a, memory: 1001, executor: { builtin: echo } } ]")]
    [InlineData("agents: [ { name: a, refund: perhaps, executor: { builtin: echo } } ]")]
    [InlineData("agents: [ { name: a, hire: much, executor: { builtin: echo } } ]")]
    [InlineData("agents: [ { name: a, hire: { perWeek: 1 }, executor: { builtin: echo } } ]")]
    [InlineData("agents: [ { name: a, hire: { perTask: 2, perDay: 1 }, executor: { builtin: echo } } ]")]
    [InlineData("agents: [ { name: a, description: [x], executor: { builtin: echo } } ]")]
    [InlineData("agents: [ { [a]: b, name: a, executor: { builtin: echo } } ]")]
    public void A_wrong_shape_is_refused(string yaml) => AssertRefused("BTR-1012", 1, yaml);

    [Fact]
    public void All_faults_are_told_at_once_in_the_order_of_their_lines()
    {
        var refusal = AgentsFile.Parse($$"""
            agents:
              - name: a
                price: 0.0000001
                executor: {{PlainEcho}}
              - name: b
                payTo: nobody
                color: red
                executor: { builtin: sing }
            """, "agents.yaml").Refusal;

        Assert.Equal("BTR-1012", refusal?.Error.Code);
        Assert.Contains("4 faults", refusal?.Sentence, StringComparison.Ordinal);
        Assert.Equal([3, 6, 7, 8], System.Text.RegularExpressions.Regex.Matches(refusal!.Sentence, "line ([0-9]+), column [0-9]+:")
            .Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_flood_of_faults_is_counted_and_not_all_shown()
    {
        var refusal = AgentsFile.Parse("agents:\n" + string.Concat(Enumerable.Repeat("  - { executor: { builtin: echo } }\n", 100)), "f").Refusal;

        Assert.Contains("100 faults", refusal?.Sentence, StringComparison.Ordinal);
        Assert.Contains("and 80 more", refusal?.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("facilitator: https://facilitator.example/x402", "https://facilitator.example/x402")]
    [InlineData("facilitator: http://127.0.0.1:8402/", "http://127.0.0.1:8402/")]
    [InlineData("facilitator: ~", null)]
    [InlineData("agents: []", null)]
    [InlineData("", null)]
    public void It_may_name_a_facilitator(string yaml, string? address) =>
        Assert.Equal(address, AgentsFile.Parse(yaml, "agents.yaml").OrThrow().Facilitator?.AbsoluteUri);

    [Theory]
    [InlineData("http://facilitator.example/")]
    [InlineData("ftp://facilitator.example/")]
    [InlineData("facilitator.example")]
    [InlineData("[https://a.example/, https://b.example/]")]
    public void A_facilitator_that_payments_may_not_go_to_is_refused(string address) => AssertRefused("BTR-1012", 2, $"agents: []\nfacilitator: {address}");

    private static string PlainEcho => "{ builtin: echo }";

    private static IReadOnlyList<AgentDeclaration> Read(string yaml) => AgentsFile.Parse(yaml, "agents.yaml").OrThrow().Agents;

    private static string AssertRefused(string code, int line, string yaml)
    {
        var refusal = AgentsFile.Parse(yaml, "agents.yaml").Refusal;
        Assert.Equal(code, refusal?.Error.Code);
        Assert.Equal(2, refusal!.Error.ExitCode);
        Assert.StartsWith($"{code}: agents.yaml, line {line}, column ", refusal.Sentence, StringComparison.Ordinal);
        return refusal.Sentence;
    }
}
