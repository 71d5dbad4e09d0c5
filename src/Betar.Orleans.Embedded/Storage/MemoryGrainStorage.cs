using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Betar.Orleans.Embedded;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Orleans.Storage;

/// <summary>States as bytes in memory. What has a codec is kept as messages are, everything else as JSON.</summary>
internal sealed class MemoryGrainStorage : IGrainStorage
{
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true };
    private readonly ConcurrentDictionary<(string State, GrainId Grain), (byte[] Value, long Version)> _records;
    private readonly string _name;
    private readonly Serializer _serializer;

    public MemoryGrainStorage(string name, InProcessCluster cluster, Serializer serializer)
    {
        _name = name;
        _serializer = serializer;
        _records = (ConcurrentDictionary<(string, GrainId), (byte[], long)>)cluster.Shared.GetOrAdd(
            $"storage/{name}", static _ => new ConcurrentDictionary<(string, GrainId), (byte[], long)>());
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_records.TryGetValue((stateName, grainId), out var record))
        {
            grainState.State = Read<T>(record.Value);
            grainState.ETag = record.Version.ToString(CultureInfo.InvariantCulture);
            grainState.RecordExists = true;
        }
        else
        {
            grainState.State = default!;
            grainState.ETag = null;
            grainState.RecordExists = false;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        var value = Write(grainState.State);
        var known = _records.TryGetValue(key, out var record);
        Check(stateName, grainId, grainState.ETag, known ? record.Version : null);
        var next = (value, record.Version + 1);
        if (known ? !_records.TryUpdate(key, next, record) : !_records.TryAdd(key, next))
            throw Inconsistent(stateName, grainId, "another", grainState.ETag);
        grainState.ETag = next.Item2.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        if (_records.TryGetValue(key, out var record))
        {
            Check(stateName, grainId, grainState.ETag, record.Version);
            if (!_records.TryRemove(new(key, record)))
                throw Inconsistent(stateName, grainId, "another", grainState.ETag);
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = default!;
        return Task.CompletedTask;
    }

    private void Check(string stateName, GrainId grainId, string? current, long? stored)
    {
        var storedEtag = stored?.ToString(CultureInfo.InvariantCulture);
        if (storedEtag != current)
            throw Inconsistent(stateName, grainId, storedEtag, current);
    }

    private InconsistentStateException Inconsistent(string stateName, GrainId grainId, string? stored, string? current) =>
        new($"The state \"{stateName}\" of {grainId} in the storage \"{_name}\" is not the one that was read.", stored, current);

    private byte[] Write<T>(T state) => _serializer.CanSerialize<T>() ? _serializer.SerializeToArray(state) : JsonSerializer.SerializeToUtf8Bytes(state, Json);

    private T Read<T>(byte[] value) => _serializer.CanSerialize<T>() ? _serializer.Deserialize<T>(value) : JsonSerializer.Deserialize<T>(value, Json)!;
}
