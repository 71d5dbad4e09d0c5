using Betar.Grains.Abstractions.Agents;
using Betar.Node.Composition;
using Betar.Node.Configuration;
using Betar.Node.Configuration.Reloading;
using Betar.Node.Errors;

namespace Betar.Node.Tests.Configuration;

/// <summary>A price by tokens in agents.yaml: how it is said, and what is said of one that is none.</summary>
public sealed class TokenPriceFieldsTests
{
    [Theory]
    [InlineData("{ perMillionTokens: 2.5, max: 0.05 }", "50000", "2500000", "2500000")]
    [InlineData("{ perMillionInputTokens: 0.5, perMillionOutputTokens: 2, max: 1 }", "1000000", "500000", "2000000")]
    [InlineData("{ perMillionOutputTokens: 0.000001, max: 0.000001 }", "1", "0", "1")]
    [InlineData("{ perMillionInputTokens: 1000000, max: 5 }", "5000000", "1000000000000", "0")]
    public void It_comes_into_the_spec_in_whole_units_of_a_million_tokens(string price, string most, string input, string output)
    {
        AgentSpec spec = Spec(price);
        Assert.Equal((most, input, output), (spec.PriceAtomic, spec.InputPriceAtomic, spec.OutputPriceAtomic));
        Assert.Equal(new TokenPrice(ulong.Parse(input), ulong.Parse(output)), spec.TokenPrice);
    }

    [Fact]
    public void A_price_for_the_task_is_none_by_tokens() => Assert.Null(Spec("0.5").TokenPrice);

    [Theory]
    [InlineData("{ perMillionTokens: 2.5 }", "line 3, column 12: ", "the most that a task costs")]
    [InlineData("{ perMillionTokens: 2.5, max: 0 }", "line 3, column 42: ", "the most that a task costs")]
    [InlineData("{ max: 1 }", "line 3, column 12: ", "says perMillionTokens, or")]
    [InlineData("{ perMillionTokens: 0, max: 1 }", "line 3, column 12: ", "an agent that is free has no price")]
    [InlineData("{ perMillionTokens: 1, perMillionInputTokens: 1, max: 1 }", "line 3, column 32: ", "excludes")]
    [InlineData("{ perMillionTokens: 1.0000001, max: 1 }", "line 3, column 32: ", "digits after the point")]
    [InlineData("{ perMillionTokens: cheap, max: 1 }", "line 3, column 32: ", "not an amount")]
    [InlineData("{ perMillionTokens: -1, max: 1 }", "line 3, column 32: ", "not an amount")]
    [InlineData("{ perMillionTokens: 1000000.000001, max: 1 }", "line 3, column 32: ", "is at most 1000000")]
    [InlineData("{ perMillionTokens: 1, most: 1 }", "line 3, column 35: ", "no field \"most\"")]
    [InlineData("[ 1, 2 ]", "line 3, column 12: ", "a single value")]
    public void What_is_none_is_refused_with_its_place(string price, string place, string why)
    {
        string sentence = Parse($"price: {price}").Refusal!.Sentence;
        Assert.Contains(place, sentence, StringComparison.Ordinal);
        Assert.Contains(why, sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("builtin: echo")]
    [InlineData("mcp: { tool: search, command: [server] }")]
    public void An_executor_that_does_not_say_what_it_used_is_refused(string executor)
    {
        CliRefusal refusal = Parse($"price: {{ perMillionTokens: 1, max: 1 }}\n    executor: {{ {executor} }}").Refusal!;
        Assert.Equal(ErrorCatalog.BadPrice, refusal.Error);
        Assert.Contains("line 3, column 12: ", refusal.Sentence, StringComparison.Ordinal);
        Assert.Contains("says what it used", refusal.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void With_priceAtomic_it_is_refused() => Assert.Equal(ErrorCatalog.BadPrice, Parse("price: { perMillionTokens: 1, max: 1 }\n    priceAtomic: '1'").Refusal!.Error);

    [Fact]
    public void A_reload_tells_what_is_different()
    {
        FleetChange change = Assert.Single(FleetDiff.Between([Spec("{ perMillionTokens: 1, max: 1 }")], [Spec("{ perMillionInputTokens: 1, perMillionOutputTokens: 3, max: 2 }")]));
        Assert.Equal([("outputPriceAtomic", "1000000", "3000000"), ("priceAtomic", "1000000", "2000000")], change.Fields.Order());
    }

    private static AgentSpec Spec(string price) => AgentSpecs.Of(Assert.Single(Parse($"price: {price}").OrThrow().Agents), "did:1", "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1");

    private static Checked<FleetDeclaration> Parse(string fields) => AgentsFile.Parse($"agents:\n  - name: a\n    {fields}\n", "agents.yaml");
}
