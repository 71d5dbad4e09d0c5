namespace Orleans.Runtime;

/// <summary>The running enumerations of one activation.</summary>
internal sealed class EnumerationExtension(Activation activation) : IEnumerationExtension, IAsyncDisposable
{
    private readonly Dictionary<Guid, (IEnumerationSource Source, long LastUsed)> _sources = [];

    public async Task<EnumerationStep> Start(Guid id, IRequest request, CancellationToken cancellationToken)
    {
        await StopForgotten();
        request.SetTarget(activation);
        _sources[id] = (((IEnumerationRequest)request).Start(), activation.Silo.Now);
        return await MoveNext(id, cancellationToken);
    }

    public async Task<EnumerationStep> MoveNext(Guid id, CancellationToken cancellationToken)
    {
        if (!_sources.TryGetValue(id, out var entry))
            return new EnumerationStep { Result = EnumerationResult.MissingEnumeratorError };
        _sources[id] = (entry.Source, long.MaxValue);
        var step = await entry.Source.NextAsync(activation.Silo.ResponseTimeout / 2, activation.Silo.Time);
        if ((step.Result & (EnumerationResult.Completed | EnumerationResult.Error | EnumerationResult.Canceled)) != 0)
            await Stop(id);
        else if (_sources.ContainsKey(id))
            _sources[id] = (entry.Source, activation.Silo.Now);
        return step;
    }

    public async Task Stop(Guid id)
    {
        if (_sources.Remove(id, out var entry))
            await entry.Source.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var id in _sources.Keys.ToArray())
            await Stop(id);
    }

    /// <summary>A caller that died does not say so: what nobody asked about for two time-outs goes.</summary>
    private async Task StopForgotten()
    {
        var silo = activation.Silo;
        foreach (var (id, entry) in _sources.ToArray())
        {
            if (entry.LastUsed != long.MaxValue && silo.Time.GetElapsedTime(entry.LastUsed, silo.Now) > 2 * silo.ResponseTimeout)
                await Stop(id);
        }
    }
}
