using System.Collections.ObjectModel;
using Betar.Orleans.Embedded;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A cluster of silos in this process and a client to it.</summary>
public partial class TestCluster : IDisposable, IAsyncDisposable
{
    private const int PortsOfCluster = 100;
    private const int FirstPort = 20_000;
    private const int LastPort = 60_000;
    private static int s_clusters;

    // No two clusters of a process have a silo address in common, so that what is noted by address is never mixed up.
    private readonly int _firstPort = FirstPort + Interlocked.Increment(ref s_clusters) * PortsOfCluster % (LastPort - FirstPort);
    private readonly InProcessCluster _cluster = new();
    private readonly IConfiguration _configuration;
    private readonly List<SiloHandle> _silos = [];
    private readonly Lock _gate = new();
    private IHost? _client;
    private short _started;

    internal TestCluster(TestClusterOptions options, IConfiguration configuration)
    {
        Options = options;
        _configuration = configuration;
    }

    public TestClusterOptions Options { get; }

    public SiloHandle? Primary => Silos.Count == 0 ? null : Silos[0];

    public IReadOnlyList<SiloHandle> SecondarySilos => [.. Silos.Skip(1)];

    public ReadOnlyCollection<SiloHandle> Silos
    {
        get
        {
            lock (_gate)
                return new([.. _silos]);
        }
    }

    public IClusterClient Client => ServiceProvider.GetRequiredService<IClusterClient>();

    public IGrainFactory GrainFactory => Client;

    public IServiceProvider ServiceProvider => _client?.Services ?? throw new InvalidOperationException("The cluster has no client: deploy it first.");

    internal InProcessCluster Cluster => _cluster;

    public Task DeployAsync() => DeployAsync(CancellationToken.None);

    public async Task DeployAsync(CancellationToken cancellationToken)
    {
        if (_started > 0)
            throw new InvalidOperationException("The cluster is already deployed.");
        for (var i = 0; i < Options.InitialSilosCount; i++)
            await StartAsync(cancellationToken);
        if (Options.InitializeClientOnDeploy)
            await InitializeClientAsync(cancellationToken);
    }

    public Task InitializeClientAsync() => InitializeClientAsync(CancellationToken.None);

    public async Task InitializeClientAsync(CancellationToken cancellationToken)
    {
        _client = TestHosts.NewClient(Options, _configuration, _cluster);
        await _client.StartAsync(cancellationToken);
    }

    public IEnumerable<SiloHandle> GetActiveSilos() => Silos.Where(static silo => silo.IsActive);

    public SiloHandle? GetSiloForAddress(SiloAddress siloAddress) => GetActiveSilos().FirstOrDefault(silo => silo.SiloAddress.Equals(siloAddress));

    public bool ContainsSilo(SiloAddress siloAddress) => GetSiloForAddress(siloAddress) is not null;

    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null)
    {
        var handle = silo is null ? Primary : GetSiloForAddress(silo);
        return (handle as InProcessSiloHandle)?.ServiceProvider ?? throw new ArgumentException($"There is no silo {silo} in this process.", nameof(silo));
    }

    /// <summary>Views of the membership are shared here: there is nothing to wait for.</summary>
    public Task WaitForLivenessToStabilizeAsync(bool didKill = false) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var silo in GetActiveSilos())
            silo.Dispose();
        _client?.Dispose();
        GC.SuppressFinalize(this);
    }

    public async ValueTask DisposeAsync()
    {
        await StopClusterClientAsync();
        await StopAllSilosAsync();
        GC.SuppressFinalize(this);
    }

    private async Task<SiloHandle> StartAsync(CancellationToken cancellationToken)
    {
        short number;
        lock (_gate)
            number = _started++;
        return await StartAsync(number == 0 ? "Primary" : $"Secondary_{number}", number, cancellationToken);
    }

    private async Task<SiloHandle> StartAsync(string name, short number, CancellationToken cancellationToken)
    {
        var host = TestHosts.NewSilo(Options, _configuration, _cluster, name, _firstPort + number);
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch
        {
            host.Dispose();
            throw;
        }

        var details = host.Services.GetRequiredService<ILocalSiloDetails>();
        var handle = new InProcessSiloHandle
        {
            SiloHost = host,
            Name = name,
            InstanceNumber = number,
            ClusterOptions = Options,
            SiloAddress = details.SiloAddress,
            GatewayAddress = details.GatewayAddress,
        };
        lock (_gate)
            _silos.Add(handle);
        return handle;
    }
}
