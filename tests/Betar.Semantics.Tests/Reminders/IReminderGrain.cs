namespace Betar.Semantics.Tests.Reminders;

public interface IReminderGrain : IGrainWithStringKey, IPlaced
{
    Task<string> Register(string name, TimeSpan due, TimeSpan period);

    Task Unregister(string name);

    Task<bool> Has(string name);

    Task<string[]> Names();

    Task FailOn(string name);

    Task Leave();
}
