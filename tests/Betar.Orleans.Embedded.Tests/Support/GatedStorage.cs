using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Betar.Orleans.Embedded.Tests;

/// <summary>A storage that takes its time in virtual seconds, notes what it does, and fails when told to.</summary>
internal sealed class GatedStorage(TimeProvider clock) : IGrainStorage
{
    private readonly Dictionary<(string State, GrainId Grain), (object? Value, int Version)> _rows = [];
    private int _inside;

    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(1);

    public List<string> Log { get; } = [];

    /// <summary>What the next operation throws.</summary>
    public Exception? Fault { get; set; }

    public int MostAtOnce { get; private set; }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Enter($"read {stateName}");
        var known = _rows.TryGetValue((stateName, grainId), out var row);
        grainState.State = known ? (T)row.Value! : default!;
        grainState.ETag = known ? $"{row.Version}" : null;
        grainState.RecordExists = known;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Enter($"write {stateName} {grainState.State}");
        _rows.TryGetValue((stateName, grainId), out var row);
        if (grainState.ETag != (row.Version == 0 ? null : $"{row.Version}"))
            throw new InconsistentStateException("overtaken", $"{row.Version}", grainState.ETag);
        _rows[(stateName, grainId)] = (grainState.State, row.Version + 1);
        grainState.ETag = $"{row.Version + 1}";
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Enter($"clear {stateName}");
        _rows.Remove((stateName, grainId));
        grainState.State = default!;
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    /// <summary>Somebody else writes: every ETag that is out there is stale now.</summary>
    public void Overtake()
    {
        foreach (var key in _rows.Keys.ToArray())
            _rows[key] = (_rows[key].Value, _rows[key].Version + 100);
    }

    private async Task Enter(string what)
    {
        Log.Add(what);
        MostAtOnce = Math.Max(MostAtOnce, ++_inside);
        await Task.Delay(Duration, clock);
        _inside--;
        if (Fault is { } fault)
        {
            Fault = null;
            throw fault;
        }
    }
}
