using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Membership;

public sealed class InProcessClusterTests
{
    private readonly string _service = Guid.NewGuid().ToString("N");

    [Fact]
    public void Silos_with_one_primary_meet_in_one_cluster() => Assert.Same(
        InProcessCluster.OfSilo(_service, "c", primaryPort: 1, gatewayPort: 11), InProcessCluster.OfSilo(_service, "c", primaryPort: 1, gatewayPort: 12));

    [Fact]
    public void Silos_with_other_primaries_do_not_meet() => Assert.NotSame(
        InProcessCluster.OfSilo(_service, "c", primaryPort: 1, gatewayPort: 11), InProcessCluster.OfSilo(_service, "c", primaryPort: 2, gatewayPort: 12));

    [Fact]
    public void Silos_of_other_services_do_not_meet() => Assert.NotSame(
        InProcessCluster.OfSilo(_service, "c", primaryPort: 1, gatewayPort: 11), InProcessCluster.OfSilo(_service + "x", "c", primaryPort: 1, gatewayPort: 11));

    [Fact]
    public void Silos_of_other_clusters_do_not_meet() => Assert.NotSame(
        InProcessCluster.OfSilo(_service, "c", primaryPort: 1, gatewayPort: 11), InProcessCluster.OfSilo(_service, "d", primaryPort: 1, gatewayPort: 11));

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void A_client_finds_the_cluster_by_any_of_its_gateways(int gateway)
    {
        var cluster = InProcessCluster.OfSilo(_service, "c", primaryPort: 1, gatewayPort: 11);
        InProcessCluster.OfSilo(_service, "c", primaryPort: 1, gatewayPort: 12);
        Assert.Same(cluster, InProcessCluster.OfClient(_service, "c", gateway));
    }

    [Fact]
    public void A_client_with_a_gateway_that_nobody_has_finds_nothing()
    {
        InProcessCluster.OfSilo(_service, "c", primaryPort: 1, gatewayPort: 11);
        Assert.Null(InProcessCluster.OfClient(_service, "c", 13));
    }

    [Fact]
    public void A_client_of_another_cluster_finds_nothing()
    {
        InProcessCluster.OfSilo(_service, "c", primaryPort: 1, gatewayPort: 11);
        Assert.Null(InProcessCluster.OfClient(_service, "d", 11));
    }

    [Fact]
    public void A_client_of_another_service_finds_nothing()
    {
        InProcessCluster.OfSilo(_service, "c", primaryPort: 1, gatewayPort: 11);
        Assert.Null(InProcessCluster.OfClient(_service + "x", "c", 11));
    }

    [Fact]
    public void A_cluster_is_forgotten_when_the_last_one_has_left()
    {
        var cluster = InProcessCluster.OfSilo(_service, "c", primaryPort: 1, gatewayPort: 11);
        cluster.Enter();
        cluster.Enter();
        cluster.Leave();
        Assert.Same(cluster, InProcessCluster.OfClient(_service, "c", 11));
        cluster.Leave();
        Assert.Null(InProcessCluster.OfClient(_service, "c", 11));
        Assert.NotSame(cluster, InProcessCluster.OfSilo(_service, "c", primaryPort: 1, gatewayPort: 11));
    }

    [Fact]
    public void The_end_of_one_cluster_leaves_the_others()
    {
        var ending = InProcessCluster.OfSilo(_service, "c", primaryPort: 1, gatewayPort: 11);
        var other = InProcessCluster.OfSilo(_service, "d", primaryPort: 1, gatewayPort: 11);
        ending.Enter();
        ending.Leave();
        Assert.Same(other, InProcessCluster.OfClient(_service, "d", 11));
    }

    [Fact]
    public void No_address_is_given_twice()
    {
        var cluster = new InProcessCluster();
        var addresses = Enumerable.Range(0, 10).SelectMany(_ => new[] { cluster.NewSiloAddress(1), cluster.NewClientAddress() }).ToArray();
        Assert.Equal(20, addresses.Distinct().Count());
    }

    [Fact]
    public void A_client_is_not_taken_for_a_silo()
    {
        var cluster = new InProcessCluster();
        Assert.True(cluster.NewClientAddress().IsClient);
        Assert.False(cluster.NewSiloAddress(1).IsClient);
    }
}
