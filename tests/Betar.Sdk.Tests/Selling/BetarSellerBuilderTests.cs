using Betar.Agents;
using Betar.Agents.DotNet;
using Betar.Sdk.Selling;
using Microsoft.Extensions.DependencyInjection;

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

    [Theory]
    [InlineData("x", "1")]
    [InlineData("1", "-1")]
    [InlineData("2", "1")]
    public void A_budget_is_decimal_text_and_a_day_is_no_less_than_a_task(string perTask, string perDay) =>
        Assert.Throws<ArgumentException>(() => _builder.Map("a", "1", Echo, agent => (agent.HirePerTask, agent.HirePerDay) = (perTask, perDay)));

    [Fact]
    public void The_defaults_are_those_of_a_declared_agent()
    {
        var plain = new Betar.Node.Configuration.AgentDeclaration { Name = "a", Executor = new("dotnet", "a") };
        var options = new SoldAgentOptions();

        Assert.Equal((plain.Concurrency, plain.Queue, plain.TimeoutSeconds, plain.Memory.Turns), (options.Concurrency, options.Queue, options.TimeoutSeconds, options.MemoryTurns));
        Assert.Equal(("0", "0"), (options.HirePerTask, options.HirePerDay));
        Assert.Empty(options.Skills);
    }

    [Fact]
    public async Task A_handler_is_shown_what_is_remembered_of_its_caller()
    {
        AgentWork? seen = null;
        _builder.Map("a", "0", (work, _) => ValueTask.FromResult<AgentAnswer>((seen = work).Input));
        var services = new ServiceCollection();
        new HandlersPart(_builder.Agents).Register(services, null!);
        using ServiceProvider provider = services.BuildServiceProvider();
        using var executors = new ExecutorFactory(new ExecutorOptions(), new ExecutorTools { Handlers = provider.GetRequiredService<DotNetHandlers>() });

        await executors.Create(new ExecutorSpec("dotnet", "a"))!.ExecuteAsync(new ExecutionRequest("task", "c") { Memory = [new("first", "one")] }, CancellationToken.None);
        Assert.Equal([new ConversationTurn("first", "one")], seen!.Memory);
    }

    private static ValueTask<AgentAnswer> Echo(AgentWork work, CancellationToken cancellationToken) => ValueTask.FromResult<AgentAnswer>(work.Input);
}
