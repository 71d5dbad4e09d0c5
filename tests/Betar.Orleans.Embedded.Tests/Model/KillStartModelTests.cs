using Betar.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Xunit.Abstractions;

namespace Betar.Orleans.Embedded.Tests.Model;

/// <summary>Random deaths, stops, starts, deactivations and calls, against what must always hold.</summary>
public sealed class KillStartModelTests(ITestOutputHelper output)
{
    private const int Keys = 12;
    private const int MaxSilos = 4;

    [Theory]
    [InlineData(1, false)]
    [InlineData(20_261_121, true)]
    public void No_key_ever_lives_twice_in_ten_thousand_random_steps(int seed, bool slowSeams) => Play(seed, 10_000, slowSeams);

    [Fact]
    public void No_key_ever_lives_twice_whatever_the_seed()
    {
        for (var seed = TestSeed.Value; seed < TestSeed.Value + 20; seed++)
            Play(seed, 300, slowSeams: seed % 2 == 0);
    }

    private void Play(int seed, int steps, bool slowSeams)
    {
        output.WriteLine($"seed {seed}");
        var answered = 0;
        var refused = 0;
        var sim = Sim.Run(
            2,
            async sim =>
            {
                var random = new Random(seed);
                var calls = new List<Task>();
                for (var step = 0; step < steps; step++)
                {
                    await Step(sim, random, calls);
                    if (calls.Count > 30 || step % 50 == 0)
                        await Settle();
                    Assert.True(sim.Journal.Twice is null, $"seed {seed}, step {step}: {sim.Journal.Twice}");
                }

                await Settle();
                await sim.Pass(1);
                Assert.True(sim.Journal.Twice is null, $"seed {seed}, at the end: {sim.Journal.Twice}");
                Assert.True(sim.Journal.Alive == sim.Directory.Count, $"seed {seed}: {sim.Journal.Alive} live, {sim.Directory.Count} are registered");

                async Task Settle()
                {
                    foreach (var call in calls)
                    {
                        try
                        {
                            await call;
                            answered++;
                        }
                        catch (Exception exception) when (exception is SiloUnavailableException or TimeoutException or OrleansMessageRejectionException or NotSupportedException)
                        {
                            refused++;
                        }
                    }

                    calls.Clear();
                }
            },
            static silo => silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SlowFarewell>(),
            seed,
            slowSeams);
        output.WriteLine($"{answered} answered, {refused} refused, {sim.Journal.Births} activations, {sim.Simulation.Trace.Count} steps of the engine");
        Assert.True(answered > refused, $"seed {seed}: {answered} answered, {refused} refused");
        Assert.True(sim.Journal.Births > steps / 20, $"seed {seed}: only {sim.Journal.Births} activations");
    }

    private static async Task Step(Sim sim, Random random, List<Task> calls)
    {
        var silos = sim.Cluster.Silos;
        var key = $"k{random.Next(Keys)}";
        switch (random.Next(100))
        {
            case < 4 when silos.Count > 1:
                var victim = silos[random.Next(silos.Count)];
                sim.Cluster.Kill(victim);
                sim.Journal.Killed(victim.ToString());
                break;
            case < 6 when silos.Count > 1:
                await sim.Cluster.StopAsync(silos[random.Next(silos.Count)]);
                break;
            case < 12 when silos.Count < MaxSilos:
                await sim.Cluster.StartSiloAsync();
                break;
            case < 22:
                calls.Add(sim.Probe(key).End());
                break;
            case < 30:
                calls.Add(sim.Probe(key).Wait(TimeSpan.FromMilliseconds(random.Next(20))));
                break;
            case < 36:
                calls.Add(sim.Probe(key).CallBack($"k{random.Next(Keys)}", allow: true));
                break;
            case < 38:
                sim.Journal.FailNext(key);
                break;
            case < 42:
                await sim.Pass(TimeSpan.FromMilliseconds(random.Next(10)));
                break;
            default:
                calls.Add(sim.Probe(key).Add(1));
                break;
        }
    }

    /// <summary>A silo that has let its grains go and is not yet gone: late messages find it.</summary>
    private sealed class SlowFarewell(TimeProvider clock) : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle observer) => observer.Subscribe(
            nameof(SlowFarewell),
            ServiceLifecycleStage.RuntimeServices,
            static _ => Task.CompletedTask,
            token => Task.Delay(TimeSpan.FromMilliseconds(5), clock, token));
    }
}
