namespace Betar.Semantics.Tests.State;

public interface IAccountGrain : IGrainWithStringKey, IPlaced
{
    Task<StateView> View();

    Task Add(int amount);

    Task AddWithoutWriting(int amount);

    Task<StateView> Write();

    Task<StateView> Read();

    Task<StateView> Clear();

    Task SetTheme(string theme);

    /// <summary>Writes and catches what goes wrong.</summary>
    Task<string> TryWrite();

    Task<string> TouchStateFromOutside();

    Task AddMany(int times);

    Task<int> Calls();

    Task Leave();
}
