namespace Betar.Semantics.Tests.Support;

/// <summary>A test with a cluster, a scene of its own and a key that no other test uses.</summary>
public abstract class ClusterTest(ClusterFixture fixture)
{
    protected string Key { get; } = Guid.NewGuid().ToString("N");

    protected Scene Scene => Scene.Of(Key);

    protected TestCluster Cluster => fixture.Cluster;

    protected IGrainFactory Grains => fixture.Cluster.GrainFactory;

    protected IManagementGrain Management => Grains.GetGrain<IManagementGrain>(0);

    /// <summary>Keys of active grains until two of them live on different silos.</summary>
    protected async Task<(T Here, T There)> OnTwoSilos<T>(string role = "pair")
        where T : IGrainWithStringKey, IPlaced
    {
        var first = Grains.GetGrain<T>($"{Key}/{role}-0");
        var home = await first.Silo();
        for (var i = 1; i < 100; i++)
        {
            var other = Grains.GetGrain<T>($"{Key}/{role}-{i}");
            if (!(await other.Silo()).Equals(home))
            {
                return (first, other);
            }
        }

        throw new InvalidOperationException("100 grains on one silo: placement is not random");
    }

    protected async Task<(T One, T Other)> OnOneSilo<T>(string role = "near")
        where T : IGrainWithStringKey, IPlaced
    {
        var first = Grains.GetGrain<T>($"{Key}/{role}-0");
        var home = await first.Silo();
        for (var i = 1; i < 100; i++)
        {
            var other = Grains.GetGrain<T>($"{Key}/{role}-{i}");
            if ((await other.Silo()).Equals(home))
            {
                return (first, other);
            }
        }

        throw new InvalidOperationException("no second grain in 100 on the silo of the first");
    }
}
