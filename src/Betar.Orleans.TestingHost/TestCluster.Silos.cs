namespace Orleans.TestingHost;

/// <summary>Starting and ending single silos.</summary>
public partial class TestCluster
{
    public Task<SiloHandle> StartAdditionalSiloAsync(bool startAdditionalSiloOnNewPort = false) => StartAsync(CancellationToken.None);

    public Task<List<SiloHandle>> StartAdditionalSilosAsync(int silosToStart, bool startAdditionalSiloOnNewPort = false) =>
        StartAdditionalSilosAsync(silosToStart, startAdditionalSiloOnNewPort, CancellationToken.None);

    public async Task<List<SiloHandle>> StartAdditionalSilosAsync(int silosToStart, bool startAdditionalSiloOnNewPort, CancellationToken cancellationToken)
    {
        var handles = new List<SiloHandle>();
        for (var i = 0; i < silosToStart; i++)
            handles.Add(await StartAsync(cancellationToken));
        return handles;
    }

    public Task StopSiloAsync(SiloHandle instance) => StopSiloAsync(instance, CancellationToken.None);

    public async Task StopSiloAsync(SiloHandle instance, CancellationToken cancellationToken)
    {
        Forget(instance);
        await instance.StopSiloAsync(cancellationToken);
    }

    public Task KillSiloAsync(SiloHandle instance) => KillSiloAsync(instance, CancellationToken.None);

    /// <summary>No goodbye: what the silo does ends in the middle.</summary>
    public async Task KillSiloAsync(SiloHandle instance, CancellationToken cancellationToken)
    {
        Forget(instance);
        await instance.StopSiloAsync(stopGracefully: false);
    }

    public async Task<SiloHandle> RestartSiloAsync(SiloHandle instance)
    {
        await StopSiloAsync(instance);
        return await StartAsync(instance.Name, instance.InstanceNumber, CancellationToken.None);
    }

    public Task StopAllSilosAsync() => StopAllSilosAsync(CancellationToken.None);

    public async Task StopAllSilosAsync(CancellationToken cancellationToken)
    {
        foreach (var silo in Silos.Reverse())
            await StopSiloAsync(silo, cancellationToken);
    }

    public async Task StopSecondarySilosAsync()
    {
        foreach (var silo in SecondarySilos.Reverse())
            await StopSiloAsync(silo);
    }

    public async Task StopPrimarySiloAsync()
    {
        if (Primary is { } primary)
            await StopSiloAsync(primary);
    }

    public Task StopClusterClientAsync() => StopClusterClientAsync(CancellationToken.None);

    public async Task StopClusterClientAsync(CancellationToken cancellationToken)
    {
        if (_client is not { } client)
            return;
        _client = null;
        await client.StopAsync(cancellationToken);
        client.Dispose();
    }

    public Task KillClientAsync()
    {
        _client?.Dispose();
        _client = null;
        return Task.CompletedTask;
    }

    private void Forget(SiloHandle instance)
    {
        lock (_gate)
            _silos.Remove(instance);
    }
}
