using Betar.Marketplace.Replication.Walking;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Tests.Replication.Support;

namespace Betar.Marketplace.Tests.Replication.Walking;

public sealed class SightingsTests
{
    [Fact]
    public void The_first_time_of_each_head_stays_and_the_last_word_is_noted()
    {
        var sightings = new Sightings(10);
        sightings.Add(Peers.Id(1), [Id(1)], Forge.Then);
        sightings.Add(Peers.Id(1), [Id(1), Id(2)], Forge.Then.AddSeconds(9));

        Assert.Equal([Forge.Then, Forge.Then.AddSeconds(9)], sightings.All.Select(sighting => sighting.Since));
        Assert.Equal(Forge.Then.AddSeconds(9), sightings.Last[Peers.Id(1)]);
    }

    [Fact]
    public void The_peers_that_were_silent_longest_are_forgotten()
    {
        var sightings = new Sightings(2);
        sightings.Add(Peers.Id(1), [Id(1)], Forge.Then);
        sightings.Add(Peers.Id(2), [Id(1)], Forge.Then);
        sightings.Add(Peers.Id(1), [Id(1)], Forge.Then);
        sightings.Add(Peers.Id(3), [Id(1)], Forge.Then);

        Assert.Equivalent(new[] { Peers.Id(1), Peers.Id(3) }, sightings.Last.Keys);
    }

    [Fact]
    public void Of_one_peer_the_last_sixteen_heads_are_known()
    {
        var sightings = new Sightings(2);
        for (var i = 0; i < 40; i++)
            sightings.Add(Peers.Id(1), [Id(i)], Forge.Then.AddSeconds(i));

        Assert.Equal(Enumerable.Range(24, 16).Select(i => Id(i).ToCid()), sightings.All.Select(sighting => sighting.Head));
    }

    private static NodeId Id(int number) => NodeId.Of(BitConverter.GetBytes(number));
}
