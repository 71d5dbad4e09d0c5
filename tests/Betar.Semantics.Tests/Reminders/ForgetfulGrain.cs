namespace Betar.Semantics.Tests.Reminders;

/// <summary>Not remindable.</summary>
public sealed class ForgetfulGrain : Grain, IForgetfulGrain
{
    public Task Register() => this.RegisterOrUpdateReminder("never", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
}
