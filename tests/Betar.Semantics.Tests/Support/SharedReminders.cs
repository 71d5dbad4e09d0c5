using System.Collections.Concurrent;

namespace Betar.Semantics.Tests.Support;

/// <summary>A reminder table outside every silo, as a database is; one for each service id.</summary>
public sealed class SharedReminders : IReminderTable
{
    static readonly ConcurrentDictionary<string, SharedReminders> Tables = new();

    readonly ConcurrentDictionary<(GrainId Grain, string Name), ReminderEntry> _rows = new();
    int _etag;

    public static SharedReminders Of(string serviceId) => Tables.GetOrAdd(serviceId, _ => new SharedReminders());

    public Task<ReminderTableData> ReadRows(GrainId grainId) =>
        Task.FromResult(new ReminderTableData(_rows.Values.Where(row => row.GrainId == grainId)));

    public Task<ReminderTableData> ReadRows(uint begin, uint end) =>
        Task.FromResult(new ReminderTableData(_rows.Values.Where(row => Inside(row.GrainId.GetUniformHashCode(), begin, end))));

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        Task.FromResult(_rows.GetValueOrDefault((grainId, reminderName)));

    public Task<string?> UpsertRow(ReminderEntry entry)
    {
        entry.ETag = Interlocked.Increment(ref _etag).ToString(System.Globalization.CultureInfo.InvariantCulture);
        _rows[(entry.GrainId, entry.ReminderName)] = entry;
        return Task.FromResult<string?>(entry.ETag);
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        Task.FromResult(_rows.TryGetValue((grainId, reminderName), out var row) && row.ETag == eTag
            && _rows.TryRemove((grainId, reminderName), out _));

    public Task TestOnlyClearTable()
    {
        _rows.Clear();
        return Task.CompletedTask;
    }

    // The ring's ranges are (begin, end], and wrap; begin == end is the whole ring.
    static bool Inside(uint hash, uint begin, uint end) =>
        begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
}
