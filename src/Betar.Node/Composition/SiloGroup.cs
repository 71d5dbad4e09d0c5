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
    private readonly Lock _lock = new();
    private readonly SortedList<int, IHost> _silos = [];
    private readonly string _clusterId;
    private readonly Action<IServiceCollection, int> _services;
    private readonly ILoggerFactory _loggers;
    private IPEndPoint? _primary;
    private int _started;

    private SiloGroup(string clusterId, Action<IServiceCollection, int> services, ILoggerFactory loggers) =>
        (_clusterId, _services, _loggers) = (clusterId, services, loggers);

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    /// <summary>The services of the first silo that lives.</summary>
    public IServiceProvider Services => All[0];

    /// <summary>The services of each silo that lives, in the order in which they started.</summary>
    public IReadOnlyList<IServiceProvider> All
    {
        get
        {
            lock (_lock)
                return [.. _silos.Values.Select(silo => silo.Services)];
        }
    }

    /// <param name="clusterId">What the silos of one cluster have in common.</param>
    /// <param name="silos">How many.</param>
    /// <param name="services">Puts services onto the silo of that number.</param>
    /// <param name="loggers">Of the process.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<SiloGroup> StartAsync(
        string clusterId, int silos, Action<IServiceCollection, int> services, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var group = new SiloGroup(clusterId, services, loggers);
        try
        {
            for (int i = 0; i < silos; i++)
                await group.StartAnotherAsync(cancellationToken);
            return group;
        }
        catch
        {
            await group.DisposeAsync();
            throw;
        }
    }

    /// <summary>One more silo of the same kind.</summary>
    /// <returns>Its number.</returns>
    public async Task<int> StartAnotherAsync(CancellationToken cancellationToken)
    {
        int number = _started++;
        IHost silo = Build(number);
        lock (_lock)
            _silos.Add(number, silo);
        await silo.StartAsync(cancellationToken);
        return number;
    }

    /// <summary>Ends a silo as the death of its machine would: without a goodbye.</summary>
    public Task KillAsync(int number) => Take(number) is IAsyncDisposable silo ? silo.DisposeAsync().AsTask() : Task.CompletedTask;

    /// <summary>Drains a silo and stops it.</summary>
    public async Task StopAsync(int number)
    {
        if (Take(number) is not { } silo)
            return;
        await silo.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)silo).DisposeAsync();
    }

    /// <summary>Drains and stops the silos, the first one last.</summary>
    public async ValueTask DisposeAsync()
    {
        for (int number = _started - 1; number >= 0; number--)
            await StopAsync(number);
    }

    private IHost? Take(int number)
    {
        lock (_lock)
            return _silos.Remove(number, out IHost? silo) ? silo : null;
    }

    private IHost Build(int number)
    {
        int[] ports = FreePorts(2);
        _primary ??= new IPEndPoint(IPAddress.Loopback, ports[0]);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(_loggers);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(ports[0], ports[1], _primary, _clusterId, _clusterId));
        _services(builder.Services, number);
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
