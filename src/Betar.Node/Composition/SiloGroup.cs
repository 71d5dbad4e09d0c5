using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;

namespace Betar.Node.Composition;

/// <summary>
/// The silos of one cluster in this process. The only file of the node that knows how silos are put together, and so the only
/// one that would change for another way of clustering.
/// </summary>
internal sealed class SiloGroup : IAsyncDisposable
{
    private readonly List<IHost> _silos = [];

    private SiloGroup()
    {
    }

    public IGrainFactory Grains => _silos[0].Services.GetRequiredService<IGrainFactory>();

    /// <summary>The services of the first silo.</summary>
    public IServiceProvider Services => _silos[0].Services;

    public static async Task<SiloGroup> StartAsync(
        string clusterId, int silos, Action<IServiceCollection> services, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var group = new SiloGroup();
        int[] ports = FreePorts(2 * silos);
        var primary = new IPEndPoint(IPAddress.Loopback, ports[0]);
        try
        {
            for (int i = 0; i < silos; i++)
            {
                IHost silo = Build(clusterId, ports[2 * i], ports[2 * i + 1], primary, services, loggers);
                group._silos.Add(silo);
                await silo.StartAsync(cancellationToken);
            }
            return group;
        }
        catch
        {
            await group.DisposeAsync();
            throw;
        }
    }

    /// <summary>Drains and stops the silos, the first one last.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (IHost silo in Enumerable.Reverse(_silos))
        {
            await silo.StopAsync(CancellationToken.None);
            silo.Dispose();
        }
        _silos.Clear();
    }

    private static IHost Build(
        string clusterId, int siloPort, int gatewayPort, IPEndPoint primary, Action<IServiceCollection> services, ILoggerFactory loggers)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(loggers);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(siloPort, gatewayPort, primary, clusterId, clusterId));
        services(builder.Services);
        return builder.Build();
    }

    private static int[] FreePorts(int count)
    {
        Socket[] probes = [.. Enumerable.Range(0, count).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))];
        try
        {
            return [.. probes.Select(probe =>
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
                return ((IPEndPoint)probe.LocalEndPoint!).Port;
            })];
        }
        finally
        {
            foreach (Socket probe in probes)
                probe.Dispose();
        }
    }
}
