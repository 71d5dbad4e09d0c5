using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Messaging;

/// <summary>Nobody waits for a one-way call: what becomes of it is seen at the callee only.</summary>
public sealed class OneWayTests
{
    private readonly NotedLog _log = new();

    [Fact]
    public void A_failure_is_logged_with_the_call_and_the_grain() => Run(async sim =>
    {
        await sim.Probe("a").FailUnheard("nobody hears this");
        await sim.Pass(1);
        AssertLogged("probe/a");
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_failure_between_grains_is_logged_and_does_not_reach_the_caller(bool apart) => Run(async sim =>
    {
        var (here, there) = apart ? await sim.Apart("a", "b") : await sim.Together("a", "b");
        await sim.Probe(here).HaveFailUnheard(sim.Probe(there), "nobody hears this");
        await sim.Pass(1);
        AssertLogged($"probe/{there}");
    });

    [Fact]
    public void A_success_is_not_worth_a_line() => Run(async sim =>
    {
        await sim.Probe("a").Note("done");
        await sim.Pass(1);
        Assert.Equal(["done"], sim.Journal.Lines);
        Assert.DoesNotContain(_log.Entries, static entry => entry.Level >= LogLevel.Warning);
    });

    private void AssertLogged(string grain)
    {
        var (level, text, exception) = Assert.Single(_log.Entries, static entry => entry.Level >= LogLevel.Warning);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains(nameof(IProbeGrain.FailUnheard), text, StringComparison.Ordinal);
        Assert.Contains($"to {grain} failed", text, StringComparison.Ordinal);
        Assert.Equal("nobody hears this", Assert.IsType<InvalidOperationException>(exception).Message);
    }

    private void Run(Func<Sim, Task> body) => Sim.Run(2, body, silo => silo.Services.AddSingleton<ILoggerProvider>(_log));
}
