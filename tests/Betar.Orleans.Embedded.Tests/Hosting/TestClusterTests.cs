using Orleans.TestingHost;

namespace Betar.Orleans.Embedded.Tests.Hosting;

public sealed class TestClusterTests
{
    [Fact]
    public async Task A_client_calls_grains_on_two_silos()
    {
        await using var cluster = new TestClusterBuilder(2).Build();
        await cluster.DeployAsync();
        var silos = new HashSet<string>();
        for (var i = 0; i < 50; i++)
            silos.Add(await cluster.Client.GetGrain<IEchoGrain>($"k{i}").WhereAreYou());
        Assert.Equal(2, silos.Count);
        Assert.Equal("hello", await cluster.GrainFactory.GetGrain<IEchoGrain>("x").Echo("hello"));
    }
}
