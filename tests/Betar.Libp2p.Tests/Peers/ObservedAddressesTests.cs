using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Tests.Support;
using Betar.Orleans.Testing;

namespace Betar.Libp2p.Tests.Peers;

/// <summary>Whom to believe about our own address: several networks, lately, and nobody alone.</summary>
public sealed class ObservedAddressesTests
{
    private static readonly Multiaddr Ours = Multiaddr.Parse("/ip4/8.8.8.8/tcp/4001");

    private readonly ManualTimeProvider _time = new();
    private readonly LimitMeter _meter = new();
    private readonly ObservedAddressOptions _options = new() { Candidates = 3 };
    private readonly ObservedAddresses _observed;

    public ObservedAddressesTests() => _observed = new ObservedAddresses(_options, _meter, _time);

    [Fact]
    public void Four_networks_are_believed_and_three_are_not()
    {
        Name(Ours, "9.1.0.1", "9.2.0.1", "9.3.0.1");
        Assert.Empty(_observed.Believed);
        Name(Ours, "9.4.0.1");
        Assert.Equal([Ours], _observed.Believed);
    }

    [Fact]
    public void A_thousand_peers_of_three_networks_are_not_believed()
    {
        for (var i = 0; i < 1_000; i++)
            Name(Ours, $"9.{i % 3}.{i / 250}.{i % 250}");
        Assert.Empty(_observed.Believed);
    }

    [Fact]
    public void A_network_of_the_new_protocol_is_32_bits()
    {
        Name6("2a00:1::1", "2a00:1:ffff::1", "2a00:1::2", "2a00:1:2:3::4");
        Assert.Empty(_observed.Believed);
        Name6("2a00:2::1", "2a00:3::1", "2a00:4::1");
        Assert.Equal([Ours], _observed.Believed);
    }

    [Fact]
    public void The_spelling_of_an_old_address_as_a_new_one_is_no_further_network()
    {
        Name(Ours, "9.1.0.1", "9.2.0.1", "9.3.0.1");
        Name6("::ffff:9.3.7.7");
        Assert.Empty(_observed.Believed);
    }

    [Fact]
    public void A_word_counts_exactly_as_long_as_it_may()
    {
        Name(Ours, "9.1.0.1", "9.2.0.1", "9.3.0.1", "9.4.0.1");
        _time.Advance(_options.Life);
        Assert.Equal([Ours], _observed.Believed);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Empty(_observed.Believed);
        Assert.Equal(0, _observed.Count);
    }

    [Fact]
    public void A_word_that_is_repeated_counts_from_then_on()
    {
        Name(Ours, "9.1.0.1", "9.2.0.1", "9.3.0.1");
        _time.Advance(_options.Life);
        Name(Ours, "9.1.0.1", "9.2.0.1", "9.3.0.1");
        _time.Advance(_options.Life);
        Name(Ours, "9.4.0.1");
        Assert.Equal([Ours], _observed.Believed);
    }

    [Theory]
    [InlineData("/ip4/192.168.1.1/tcp/4001", "/ip4/9.1.0.1/tcp/1")]
    [InlineData("/ip4/127.0.0.1/tcp/4001", "/ip4/9.1.0.1/tcp/1")]
    [InlineData("/dns4/evil.example/tcp/4001", "/ip4/9.1.0.1/tcp/1")]
    [InlineData("/ip4/8.8.8.8/tcp/4001", "/ip4/10.0.0.1/tcp/1")]
    [InlineData("/ip4/8.8.8.8/tcp/4001", "/memory/1")]
    public void Private_addresses_names_and_private_observers_do_not_count(string observed, string observer)
    {
        _observed.Add(Multiaddr.Parse(observed), Multiaddr.Parse(observer));
        Assert.Equal(0, _observed.Count);
    }

    [Fact, Hits(ObservedAddresses.CandidatesLimit)]
    public void A_liar_who_invents_addresses_pushes_out_inventions_only()
    {
        Name(Ours, "9.1.0.1", "9.2.0.1");
        for (var port = 1; port <= 50; port++)
            Name(Multiaddr.Parse($"/ip4/6.6.6.6/tcp/{port}"), "9.66.0.1");
        Name(Ours, "9.3.0.1", "9.4.0.1");

        Assert.Equal([Ours], _observed.Believed);
        Assert.Equal(3, _observed.Count);
        Assert.Equal(48, _meter.Count(ObservedAddresses.CandidatesLimit));
    }

    [Fact]
    public void So_many_networks_of_one_address_are_remembered_and_those_go_on_counting()
    {
        for (var network = 1; network <= 40; network++)
            Name(Ours, $"9.{network}.0.1");
        _time.Advance(_options.Life);
        for (var network = 1; network <= 4; network++)
            Name(Ours, $"9.{network}.0.1");
        _time.Advance(_options.Life);
        Assert.Equal([Ours], _observed.Believed);
    }

    [Fact]
    public void The_most_named_comes_first()
    {
        var other = Multiaddr.Parse("/ip4/8.8.8.8/tcp/4002");
        Name(other, "9.1.0.1", "9.2.0.1", "9.3.0.1", "9.4.0.1");
        Name(Ours, "9.1.0.1", "9.2.0.1", "9.3.0.1", "9.4.0.1", "9.5.0.1");
        Assert.Equal([Ours, other], _observed.Believed);
    }

    private void Name(Multiaddr observed, params string[] observers)
    {
        foreach (var observer in observers)
            _observed.Add(observed, Multiaddr.Parse($"/ip4/{observer}/tcp/5"));
    }

    private void Name6(params string[] observers)
    {
        foreach (var observer in observers)
            _observed.Add(Ours, Multiaddr.Parse($"/ip6/{observer}/tcp/5"));
    }
}
