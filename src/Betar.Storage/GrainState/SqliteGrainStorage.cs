using System.Globalization;
using Betar.Storage.Database;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;

namespace Betar.Storage.GrainState;

/// <summary>
/// Grain state in a <see cref="BetarDatabase"/>, one row per state. The ETag is a version that only grows: a cleared state keeps
/// its row, so that an activation from before the clearing can never write over one from after it.
/// </summary>
internal sealed class SqliteGrainStorage : IGrainStorage
{
    private readonly string provider;
    private readonly BetarDatabase database;
    private readonly Serializer serializer;

    public SqliteGrainStorage(string provider, BetarDatabase database, Serializer serializer)
    {
        this.provider = provider;
        this.database = database;
        this.serializer = serializer;
    }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = await database.ReadAsync(Key(stateName, grainId), Read, CancellationToken.None);
        grainState.State = row.Data is null ? NewState.Of<T>() : serializer.Deserialize<T>(row.Data);
        grainState.ETag = Tag(row.Version);
        grainState.RecordExists = row.Data is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var data = serializer.SerializeToArray(grainState.State);
        grainState.ETag = await PutAsync(stateName, grainId, grainState.ETag, data);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // What was never written needs no row to say that it is cleared.
        if (grainState.ETag is not null || (await database.ReadAsync(Key(stateName, grainId), Read, CancellationToken.None)).Version != 0)
            grainState.ETag = await PutAsync(stateName, grainId, grainState.ETag, null);
        grainState.State = NewState.Of<T>();
        grainState.RecordExists = false;
    }

    private async ValueTask<string?> PutAsync(string stateName, GrainId grainId, string? etag, byte[]? data)
    {
        var key = Key(stateName, grainId);
        if (!TryParseTag(etag, out var expected))
            throw Stale(key, "unknown", etag);
        var write = await database.WriteAsync(new GrainStateOperation(database.GrainStates, key, expected, data));
        return write.Written ? Tag(write.Version) : throw Stale(key, Tag(write.Version), etag);
    }

    private static GrainStateRow Read(Reader reader, GrainStateKey key)
    {
        var row = reader.Prepare(GrainStateSql.Read);
        GrainStateWriter.Bind(row, key);
        try
        {
            return row.Step() ? new GrainStateRow(row.GetInt64(0), row.IsNull(1) ? null : row.GetBlob(1).ToArray()) : default;
        }
        finally
        {
            row.Reset();
        }
    }

    private GrainStateKey Key(string stateName, GrainId grainId) => new(provider, grainId.ToString(), stateName);

    private static string? Tag(long version) => version == 0 ? null : version.ToString(CultureInfo.InvariantCulture);

    private static bool TryParseTag(string? etag, out long version)
    {
        version = 0;
        return etag is null || (long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out version) && version > 0);
    }

    private static InconsistentStateException Stale(in GrainStateKey key, string? stored, string? current) => new(
        $"State {key.Name} of {key.Grain} in {key.Provider} has version {stored ?? "none"}, not {current ?? "none"}: another activation wrote it.",
        stored, current);
}
