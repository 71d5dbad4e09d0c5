using System.Text.Json;
using Betar.Sdk.Buying;

namespace Betar.Sdk.Tests.Buying;

public sealed class AnswersTests
{
    [Theory]
    [InlineData("""[{"id":"x"}]""", 1)]
    [InlineData("""{"items":[{"id":"x"},{"id":"y"}]}""", 2)]
    [InlineData("""{"listings":[{"id":"x"}]}""", 1)]
    [InlineData("""{"other":1}""", 0)]
    [InlineData("3", 0)]
    public void A_list_is_read_in_each_of_its_shapes(string json, int count) => Assert.Equal(count, Answers.Agents(Parse(json)).Count);

    [Fact]
    public void An_agent_is_read_whole()
    {
        AgentInfo agent = Answers.Agent(Parse("""{"id":"did:key:z","name":"n","description":"d","priceAtomic":"7","payTo":"0x1","sellerId":"12D3","trust":"verified"}"""));

        Assert.Equal(new AgentInfo("did:key:z", "n", "7", "12D3", "verified") { Description = "d", PayTo = "0x1" }, agent);
    }

    [Fact]
    public void A_quote_names_its_agent() => Assert.Equal("did:key:z", Answers.Agent(Parse("""{"agentId":"did:key:z"}""")).Id);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":1,"name":null,"trust":[]}""")]
    [InlineData("null")]
    public void What_is_missing_or_of_another_kind_is_empty(string json) => Assert.Equal(new AgentInfo("", "", "", "", ""), Answers.Agent(Parse(json)));

    [Fact]
    public void A_purchase_is_read_whole() => Assert.Equal(
        new Purchase("p", "42", "1000", "k", "0xt") { Stage = "Delivered" },
        Answers.Purchase(Parse("""{"purchaseId":"p","output":"42","amount":"1000","paymentKey":"k","transaction":"0xt","stage":"Delivered"}"""), "other"));

    [Fact]
    public void A_free_answer_has_the_name_that_it_was_asked_by() =>
        Assert.Equal(new Purchase("p", "42", "0", "", ""), Answers.Purchase(Parse("""{"output":"42"}"""), "p"));

    private static JsonElement Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
