using Betar.Sdk.Selling;

namespace Betar.Sdk.Tests.Selling;

public sealed class BetarSellerBuilderTests
{
    private readonly BetarSellerBuilder _builder = new();

    [Fact]
    public void What_is_mapped_is_sold()
    {
        _builder.Map("a", "0.5", Echo).Map("b", "0", Echo, agent => agent.Description = "free");

        Assert.Equal([("a", "500000"), ("b", "0")], _builder.Agents.Select(agent => (agent.Name, agent.Price.ToString())));
    }

    [Fact]
    public void A_name_is_sold_once() =>
        Assert.Throws<ArgumentException>(() => _builder.Map("a", "1", Echo).Map("a", "2", Echo));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void A_name_is_needed(string name) => Assert.Throws<ArgumentException>(() => _builder.Map(name, "1", Echo));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("0.0000001")]
    [InlineData("1e3")]
    [InlineData("one")]
    public void A_price_is_decimal_text(string price) => Assert.Throws<ArgumentException>(() => _builder.Map("a", price, Echo));

    [Fact]
    public void A_payee_is_an_address() => Assert.Throws<ArgumentException>(() => _builder.Map("a", "1", Echo, agent => agent.PayTo = "0x12"));

    private static ValueTask<AgentAnswer> Echo(AgentWork work, CancellationToken cancellationToken) => ValueTask.FromResult<AgentAnswer>(work.Input);
}
