using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Filters;

public sealed class CallFilterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Filters_run_in_the_order_in_which_they_were_added_the_callers_first(int silos) => Sim.Run(
        silos,
        async sim =>
        {
            await sim.Probe("a").Relay(sim.Probe("b"));
            Assert.Equal(
                ["in 1 Relay", "in 2 Relay", "out 1 Where", "out 2 Where", "in 1 Where", "in 2 Where"],
                sim.Journal.Lines);
        },
        static silo =>
        {
            silo.AddIncomingGrainCallFilter(Noting(silo, "in 1"));
            silo.AddIncomingGrainCallFilter(Noting(silo, "in 2"));
            silo.AddOutgoingGrainCallFilter(Noting(silo, "out 1"));
            silo.AddOutgoingGrainCallFilter(Noting(silo, "out 2"));
        });

    [Fact]
    public void A_filter_knows_the_caller_and_the_callee() => Sim.Run(
        2,
        async sim =>
        {
            await sim.Probe("a").Relay(sim.Probe("b"));
            Assert.Equal(["out probe/a to probe/b", "in probe/a to probe/b"], sim.Journal.Lines.Where(static line => line.EndsWith("/b", StringComparison.Ordinal)));
            Assert.Contains("in nobody to probe/a", sim.Journal.Lines);
        },
        static silo =>
        {
            silo.AddIncomingGrainCallFilter(new JournalFilter(silo, static call => $"in {Name(call.SourceId)} to {call.TargetId}"));
            silo.AddOutgoingGrainCallFilter(new JournalFilter(silo, static call => $"out {Name(call.SourceId)} to {call.TargetId}"));
        });

    [Fact]
    public void An_incoming_filter_sees_the_grain_and_an_outgoing_one_the_reference() => Sim.Run(
        1,
        async sim =>
        {
            await sim.Probe("a").Relay(sim.Probe("b"));
            Assert.Equal(["in ProbeGrain", "out reference", "in ProbeGrain"], sim.Journal.Lines);
        },
        static silo =>
        {
            silo.AddIncomingGrainCallFilter(new JournalFilter(silo, static call => $"in {call.Grain!.GetType().Name}"));
            silo.AddOutgoingGrainCallFilter(new JournalFilter(silo, static call => call.Grain is GrainReference ? "out reference" : "out something"));
        });

    [Fact]
    public void A_filter_runs_in_the_turn_of_the_grain() => Sim.Run(
        1,
        async sim =>
        {
            await sim.Probe("a").Where();
            Assert.Equal(["turn of probe/a"], sim.Journal.Lines);
        },
        static silo =>
        {
            var journal = JournalOf(silo);
            silo.AddIncomingGrainCallFilter(async call =>
            {
                await Task.Yield();
                journal.Write($"turn of {RuntimeContext.Current?.GrainId}");
                await call.Invoke();
            });
        });

    [Fact]
    public void An_outgoing_filter_may_answer_without_sending() => Sim.Run(
        2,
        async sim =>
        {
            Assert.Equal("a of nowhere", await sim.Probe("a").Relay(sim.Probe("b")));
            Assert.Equal(1, sim.Journal.Births);
        },
        static silo => silo.AddOutgoingGrainCallFilter(static call =>
        {
            call.Result = "nowhere";
            return Task.CompletedTask;
        }));

    [Fact]
    public void An_outgoing_filter_may_call_twice() => Sim.Run(
        2,
        async sim =>
        {
            await sim.Probe("a").Forward(sim.Probe("b"), 5);
            Assert.Equal(10, await sim.Probe("b").Add(0));
        },
        static silo => silo.AddOutgoingGrainCallFilter(new TwiceFilter()));

    [Fact]
    public void The_exception_of_an_outgoing_filter_reaches_the_caller() => Sim.Run(
        2,
        async sim =>
        {
            var error = await Assert.ThrowsAsync<InvalidOperationException>(() => sim.Probe("a").Relay(sim.Probe("b")));
            Assert.Equal("not out of here", error.Message);
        },
        static silo => silo.AddOutgoingGrainCallFilter(static _ => throw new InvalidOperationException("not out of here")));

    [Fact]
    public void A_filter_may_change_an_argument_on_its_way_out() => Sim.Run(
        2,
        async sim =>
        {
            await sim.Probe("a").Forward(sim.Probe("b"), 5);
            Assert.Equal(50, await sim.Probe("b").Add(0));
        },
        static silo => silo.AddOutgoingGrainCallFilter(static call =>
        {
            if (call.MethodName == nameof(IProbeGrain.Add))
                call.Request.SetArgument(0, (int)call.Request.GetArgument(0)! * 10);
            return call.Invoke();
        }));

    [Fact]
    public void A_one_way_call_through_filters_still_returns_at_once() => Sim.Run(
        2,
        async sim =>
        {
            var held = sim.Probe("b").Wait(TimeSpan.FromSeconds(10));
            await sim.Pass(1);
            var before = sim.Now;
            await sim.Probe("a").Tell(sim.Probe("b"), "told");
            Assert.Equal(before, sim.Now);
            await held;
            await sim.Pass(1);
            Assert.Contains("told", sim.Journal.Lines);
        },
        static silo =>
        {
            silo.AddOutgoingGrainCallFilter(Noting(silo, "out"));
            silo.AddIncomingGrainCallFilter(Noting(silo, "in"));
        });

    [Fact]
    public void The_services_of_a_silo_are_not_filtered() => Sim.Run(
        2,
        async sim =>
        {
            await sim.Cluster.Client.GetGrain<IManagementGrain>(0).GetTotalActivationCount();
            Assert.All(sim.Journal.Lines, static line => Assert.StartsWith("in sys.management/", line, StringComparison.Ordinal));
        },
        static silo => silo.AddIncomingGrainCallFilter(new JournalFilter(silo, static call => $"in {call.TargetId}")));

    [Fact]
    public void A_filter_that_is_a_service_gets_services() => Sim.Run(
        1,
        async sim =>
        {
            await sim.Probe("a").Where();
            Assert.Equal(["made by the container"], sim.Journal.Lines);
        },
        static silo => silo.AddIncomingGrainCallFilter<ServiceFilter>());

    [Fact]
    public void A_filter_may_look_at_the_method_behind_the_interface() => Sim.Run(
        1,
        async sim =>
        {
            await sim.Probe("a").Add(1);
            Assert.Equal(["ProbeGrain.Add for IProbeGrain.Add"], sim.Journal.Lines);
        },
        static silo =>
        {
            var journal = JournalOf(silo);
            silo.AddIncomingGrainCallFilter(call =>
            {
                var inner = call.ImplementationMethod;
                journal.Write($"{inner.DeclaringType!.Name}.{inner.Name} for {call.InterfaceMethod.DeclaringType!.Name}.{call.InterfaceMethod.Name}");
                return call.Invoke();
            });
        });

    private static JournalFilter Noting(ISiloBuilder silo, string name) => new(silo, call => $"{name} {call.MethodName}");

    private static Journal JournalOf(ISiloBuilder silo) =>
        (Journal)silo.Services.Last(static service => service.ServiceType == typeof(Journal)).ImplementationInstance!;

    private static string Name(GrainId? id) => id?.ToString() ?? "nobody";

    private sealed class TwiceFilter : IOutgoingGrainCallFilter
    {
        public async Task Invoke(IOutgoingGrainCallContext context)
        {
            await context.Invoke();
            if (context.MethodName == nameof(IProbeGrain.Add))
                await ((IProbeGrain)context.Grain!).AddQuietly((int)context.Request.GetArgument(0)!);
        }
    }

    private sealed class ServiceFilter(Journal journal) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            journal.Write("made by the container");
            return context.Invoke();
        }
    }
}
