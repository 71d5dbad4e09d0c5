using Betar.Libp2p.Connections;
using Betar.Libp2p.Dialing;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Dialing;

public sealed class DialerTests
{
    private const string A = "/ip4/8.8.8.8/tcp/1";
    private const string B = "/ip4/8.8.8.8/tcp/2";
    private const string C = "/ip4/8.8.8.8/tcp/3";

    [Fact]
    public void The_next_address_is_tried_after_a_delay_and_the_first_that_answers_wins() => Simulated.Run(async run =>
    {
        var dial = new DialRun(run).Hangs(A).Answers(B, 100).Answers(C, 10_000);

        var connection = await dial.DialAsync(A, B, C);

        Assert.Same(Assert.Single(dial.Opened), connection);
        Assert.Equal([$"{A} 0", $"{B} 250"], dial.Tried);
        Assert.Equal(350, dial.Elapsed);
        Assert.Equal(0, dial.Running);
    });

    [Fact]
    public void A_failure_does_not_wait_for_the_delay() => Simulated.Run(async run =>
    {
        var dial = new DialRun(run).Fails(A, 20).Fails(B, 20).Answers(C, 20);

        await dial.DialAsync(A, B, C);

        Assert.Equal([$"{A} 0", $"{B} 20", $"{C} 40"], dial.Tried);
        Assert.Equal(60, dial.Elapsed);
    });

    [Fact]
    public void A_slow_first_one_may_still_win() => Simulated.Run(async run =>
    {
        var dial = new DialRun(run).Answers(A, 300).Hangs(B);

        await dial.DialAsync(A, B);

        Assert.Equal(300, dial.Elapsed);
        Assert.Equal(0, dial.Running);
    });

    [Fact]
    public void Of_two_that_answer_at_once_one_is_closed() => Simulated.Run(async run =>
    {
        var dial = new DialRun(run).Answers(A, 300).Answers(B, 50);

        var connection = await dial.DialAsync(A, B);

        Assert.True(connection.IsUsable);
        Assert.Equal(dial.Opened.Count - 1, dial.Opened.Count(other => !other.IsUsable));
    });

    [Fact]
    public void When_all_fail_the_last_failure_stands_for_all() => Simulated.Run(async run =>
    {
        var dial = new DialRun(run).Fails(A).Fails(B, code: Libp2pError.Timeout);

        Assert.Equal(Libp2pError.Timeout, await dial.ErrorAsync(dial.DialAsync(A, B)));
    });

    [Fact]
    public void That_somebody_else_answered_is_not_hidden_by_other_failures() => Simulated.Run(async run =>
    {
        var dial = new DialRun(run).Fails(A, code: Libp2pError.WrongPeer).Fails(B);

        Assert.Equal(Libp2pError.WrongPeer, await dial.ErrorAsync(dial.DialAsync(A, B)));
    });

    [Fact]
    public void Parallel_dials_of_a_peer_are_one() => Simulated.Run(async run =>
    {
        var dial = new DialRun(run).Answers(A, 100);

        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => dial.DialAsync(A)));

        Assert.Single(dial.Tried);
        Assert.All(all, connection => Assert.Same(all[0], connection));
    });

    [Fact]
    public void One_caller_who_gives_up_does_not_stop_the_others() => Simulated.Run(async run =>
    {
        var dial = new DialRun(run).Answers(A, 100);
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(10), run.Time);
        var first = dial.DialAsync(impatient.Token, A);
        var second = dial.DialAsync(A);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.True((await second).IsUsable);
    });

    [Fact]
    public void When_the_last_caller_gives_up_so_does_the_dial_and_the_next_begins_anew() => Simulated.Run(async run =>
    {
        var dial = new DialRun(run).Hangs(A);
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(10), run.Time);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dial.DialAsync(impatient.Token, A));
        await run.Wait(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, dial.Running);
        dial.Answers(A);
        Assert.True((await dial.DialAsync(A)).IsUsable);
    });

    [Fact]
    [Hits(Dialer.TimeLimit)]
    public void A_dial_has_a_deadline() => Simulated.Run(async run =>
    {
        var dial = new DialRun(run, new DialOptions { Timeout = TimeSpan.FromSeconds(7) }).Hangs(A);

        Assert.Equal(Libp2pError.Timeout, await dial.ErrorAsync(dial.DialAsync(A)));
        Assert.Equal(7000, dial.Elapsed);
        Assert.Equal(1, dial.Meter.Count(Dialer.TimeLimit));
        Assert.Equal(0, dial.Running);
    });

    [Fact]
    public void An_address_that_failed_rests_unless_it_is_named() => Simulated.Run(async run =>
    {
        var dial = new DialRun(run).Fails(A);
        await dial.ErrorAsync(dial.DialAsync(A));

        Assert.Equal(Libp2pError.Refused, await dial.ErrorAsync(dial.DialAsync(A)));
        Assert.Single(dial.Tried);
        await dial.ErrorAsync(dial.DialNamedAsync(A));
        Assert.Equal(2, dial.Tried.Count);
        await run.Wait(TimeSpan.FromSeconds(10));
        dial.Answers(A);
        Assert.True((await dial.DialAsync(A)).IsUsable);
    });

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void No_more_addresses_of_a_peer_are_tried_at_once_than_allowed(int most) => Simulated.Run(async run =>
    {
        var addresses = Enumerable.Range(1, 10).Select(port => $"/ip4/8.8.8.8/tcp/{port}").ToArray();
        var dial = new DialRun(run, new DialOptions { ParallelPerPeer = most });
        foreach (var address in addresses)
            dial.Fails(address, 5_000);

        await dial.ErrorAsync(dial.DialAsync(addresses));

        Assert.Equal(10, dial.Tried.Count);
        Assert.Equal(most, dial.MostRunning);
    });

    [Fact]
    public void No_more_addresses_in_total_are_tried_at_once_than_allowed() => Simulated.Run(async run =>
    {
        var dial = new DialRun(run, new DialOptions { Parallel = 2 }).Fails(A, 1_000);

        var dials = Enumerable.Range(1, 6).Select(peer => dial.Dialer.DialAsync(Somebody.Id((byte)peer), [Multiaddr.Parse(A)], [], default)).ToList();
        foreach (var one in dials)
            await dial.ErrorAsync(one);

        Assert.Equal(2, dial.MostRunning);
        Assert.Equal(3_000, dial.Elapsed);
    });

    [Fact]
    public void Without_an_address_there_is_nothing_to_dial() => Simulated.Run(async run =>
    {
        var dial = new DialRun(run);

        Assert.Equal(Libp2pError.NotDialable, await dial.ErrorAsync(dial.DialAsync()));
        Assert.Equal(Libp2pError.NotDialable, await dial.ErrorAsync(dial.DialAsync("/ip4/8.8.8.8/udp/1/quic-v1")));
        Assert.Empty(dial.Tried);
    });

    [Fact]
    public void The_gate_is_asked_about_the_peer_and_about_each_address() => Simulated.Run(async run =>
    {
        var gate = new DenyListGate();
        gate.Deny(System.Net.IPNetwork.Parse("8.8.8.0/24"));
        var dial = new DialRun(run, gate: gate).Answers("/ip4/9.9.9.9/tcp/1");

        Assert.Equal(Libp2pError.Gated, await dial.ErrorAsync(dial.DialAsync(A)));
        Assert.True((await dial.DialAsync(A, "/ip4/9.9.9.9/tcp/1")).IsUsable);
        gate.Deny(dial.Peer);
        Assert.Equal(Libp2pError.Gated, await dial.ErrorAsync(dial.DialAsync("/ip4/9.9.9.9/tcp/1")));
        Assert.Single(dial.Tried);
    });

    [Fact]
    public void A_name_that_leads_to_somebody_elses_address_is_not_followed() => Simulated.Run(async run =>
    {
        var dial = new DialRun(run).Answers(B);
        dial.Resolve = address => [Multiaddr.Parse(A).WithPeer(Somebody.Id(3)), Multiaddr.Parse(B).WithPeer(Somebody.Id(9))];

        await dial.DialAsync("/dnsaddr/a.example");

        Assert.Equal([$"{B} 0"], dial.Tried);
    });

    [Fact]
    public void A_strangers_name_does_not_lead_into_our_own_network_and_the_callers_does() => Simulated.Run(async run =>
    {
        const string inside = "/ip4/169.254.169.254/tcp/1";
        var dial = new DialRun(run).Answers(inside);
        dial.Resolve = address => address.Parts[0].Code == MultiaddrCode.Dns4 ? [Multiaddr.Parse(inside)] : [address];

        Assert.Equal(Libp2pError.NotDialable, await dial.ErrorAsync(dial.DialAsync("/dns4/a.example/tcp/1")));
        Assert.True((await dial.DialNamedAsync("/dns4/a.example/tcp/1")).IsUsable);
        Assert.True((await dial.DialAsync(inside)).IsUsable);
    });

    [Fact]
    public void A_name_that_was_not_found_is_said_instead_of_no_address() => Simulated.Run(async run =>
    {
        var dial = new DialRun(run) { Resolve = _ => [], NameFailure = "the name a.example has no A record" };

        var error = await Assert.ThrowsAsync<Libp2pException>(() => dial.DialAsync("/dns4/a.example/tcp/1"));

        Assert.Equal(Libp2pError.NameNotResolved, error.Code);
        Assert.Contains("a.example has no A record", error.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void What_a_name_led_to_counts_more_than_that_another_led_nowhere() => Simulated.Run(async run =>
    {
        var dial = new DialRun(run) { NameFailure = "the name a.example has no Aaaa record" }.Fails("/ip4/8.8.8.8/tcp/1");
        Assert.Equal(Libp2pError.Refused, await dial.ErrorAsync(dial.DialAsync("/ip4/8.8.8.8/tcp/1")));
    });

    [Fact]
    [Hits(Dialer.AddressesLimit)]
    public void Of_more_addresses_than_are_tried_the_rest_is_counted() => Simulated.Run(async run =>
    {
        var dial = new DialRun(run, new DialOptions { AddressesPerDial = 2 }).Fails("/ip4/8.8.8.8/tcp/1").Fails("/ip4/8.8.8.8/tcp/2").Fails("/ip4/8.8.8.8/tcp/3");
        await dial.ErrorAsync(dial.DialAsync("/ip4/8.8.8.8/tcp/1", "/ip4/8.8.8.8/tcp/2"));
        Assert.Equal(0, dial.Meter.Count(Dialer.AddressesLimit));

        await dial.ErrorAsync(dial.DialNamedAsync("/ip4/8.8.8.8/tcp/1", "/ip4/8.8.8.8/tcp/2", "/ip4/8.8.8.8/tcp/3"));

        Assert.Equal((1, 4), (dial.Meter.Count(Dialer.AddressesLimit), dial.Tried.Count));
    });

    [Fact]
    public void A_host_that_stops_ends_its_dials() => Simulated.Run(async run =>
    {
        using var host = new CancellationTokenSource(TimeSpan.FromSeconds(1), run.Time);
        var dial = new DialRun(run, host: host.Token).Hangs(A);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dial.DialAsync(A));
        Assert.Equal(1_000, dial.Elapsed);
    });

    [Fact]
    public void The_same_seed_gives_the_same_trace() => Assert.Equal(Trace(5), Trace(5));

    private static IReadOnlyList<string> Trace(int seed) => Simulated.Run(seed, async run =>
    {
        var dial = new DialRun(run).Fails(A, 20).Hangs(B).Answers(C, 70);
        await Task.WhenAll(dial.DialAsync(A, B, C), dial.DialAsync(A, B, C));
    });
}
