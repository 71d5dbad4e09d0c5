namespace Orleans.Runtime;

/// <summary>The silo that fires a grain's reminders learns of a change at once; the table would tell it later.</summary>
[Alias("betar.reminder-owner")]
internal interface IReminderOwner : ISystemTarget
{
    Task Refresh(GrainId grain, string name);
}
