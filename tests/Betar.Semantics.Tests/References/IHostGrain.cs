namespace Betar.Semantics.Tests.References;

public interface IHostGrain : IGrainWithStringKey, IPlaced
{
    /// <summary>Asks the guest for its name.</summary>
    Task<string> Ask(IGuestGrain guest);

    Task<string> AskAll(GuestList list);

    Task<IGuestGrain> Introduce(string key);

    Task<bool> IsNull(IGuestGrain? guest);

    Task Keep(IGuestGrain guest);

    Task<string> AskKept();

    Task Leave();
}
