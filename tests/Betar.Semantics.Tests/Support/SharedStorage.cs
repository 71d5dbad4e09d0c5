using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans.Storage;

namespace Betar.Semantics.Tests.Support;

/// <summary>
/// A store outside every silo, as a database is: it outlives them, checks ETags, and lets a test write behind a
/// grain's back or break an operation.
/// </summary>
public sealed class SharedStorage : IGrainStorage
{
    readonly ConcurrentDictionary<string, (string Json, int Version)> _rows = new();

    public static SharedStorage Instance { get; } = new();

    /// <summary>Operations ("read", "write", "clear") and the grain keys for which they fail.</summary>
    public ConcurrentDictionary<(string Operation, string Key), Exception> Faults { get; } = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Fail("read", grainId);
        if (_rows.TryGetValue(Row(stateName, grainId), out var row))
        {
            grainState.State = JsonSerializer.Deserialize<T>(row.Json)!;
            grainState.ETag = row.Version.ToString(CultureInfo.InvariantCulture);
            grainState.RecordExists = true;
        }
        else
        {
            grainState.State = Activator.CreateInstance<T>();
            grainState.ETag = null!;
            grainState.RecordExists = false;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Fail("write", grainId);
        var version = Check(stateName, grainId, grainState.ETag) + 1;
        _rows[Row(stateName, grainId)] = (JsonSerializer.Serialize(grainState.State), version);
        grainState.ETag = version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Fail("clear", grainId);
        Check(stateName, grainId, grainState.ETag);
        _rows.TryRemove(Row(stateName, grainId), out _);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null!;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    /// <summary>Somebody else writes: the grain's ETag is stale from here on.</summary>
    public void Overtake(string stateName, GrainId grainId) =>
        _rows.AddOrUpdate(Row(stateName, grainId), _ => ("{}", 1000), (_, row) => (row.Json, row.Version + 1000));

    static string Row(string stateName, GrainId grainId) => $"{grainId}#{stateName}";

    int Check(string stateName, GrainId grainId, string? etag)
    {
        var stored = _rows.TryGetValue(Row(stateName, grainId), out var row) ? row.Version.ToString(CultureInfo.InvariantCulture) : null;
        return stored == etag ? row.Version : throw new InconsistentStateException("the row was written by somebody else", stored, etag);
    }

    void Fail(string operation, GrainId grainId)
    {
        if (Faults.TryGetValue((operation, grainId.Key.ToString()!), out var fault))
        {
            throw fault;
        }
    }
}
