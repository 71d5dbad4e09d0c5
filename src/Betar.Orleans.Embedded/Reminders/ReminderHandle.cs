namespace Orleans.Runtime;

/// <summary>Names a registered reminder, and the row that it was when it was registered.</summary>
[GenerateSerializer]
[Immutable]
[Alias("betar.reminder")]
internal sealed class ReminderHandle(string reminderName, string? eTag) : IGrainReminder
{
    [Id(0)]
    public string ReminderName { get; } = reminderName;

    [Id(1)]
    public string? ETag { get; } = eTag;
}
