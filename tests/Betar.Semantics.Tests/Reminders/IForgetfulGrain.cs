namespace Betar.Semantics.Tests.Reminders;

public interface IForgetfulGrain : IGrainWithStringKey
{
    Task Register();
}
