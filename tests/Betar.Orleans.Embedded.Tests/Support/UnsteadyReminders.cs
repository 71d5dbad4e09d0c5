using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests;

/// <summary>A table outside of all silos that may be away, and in which others write too.</summary>
internal sealed class UnsteadyReminders : IReminderTable
{
    private readonly MemoryReminderTable _rows = new();

    public bool IsAway { get; set; }

    /// <summary>So many removals come too late: somebody else has just changed the row.</summary>
    public int Overtaken { get; set; }

    public int Removals { get; private set; }

    public int Reads { get; private set; }

    public Task<ReminderTableData> ReadRows(GrainId grainId) => Here().ReadRows(grainId);

    public Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        Reads++;
        return Here().ReadRows(begin, end);
    }

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => Here().ReadRow(grainId, reminderName);

    public Task<string?> UpsertRow(ReminderEntry entry) => Here().UpsertRow(entry);

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        Removals++;
        if (Overtaken > 0 && await _rows.ReadRow(grainId, reminderName) is { } row)
        {
            Overtaken--;
            await _rows.UpsertRow(row);
        }

        return await Here().RemoveRow(grainId, reminderName, eTag);
    }

    public Task TestOnlyClearTable() => _rows.TestOnlyClearTable();

    private MemoryReminderTable Here() => IsAway ? throw new IOException("the table is away") : _rows;
}
