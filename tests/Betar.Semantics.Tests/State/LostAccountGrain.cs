namespace Betar.Semantics.Tests.State;

/// <summary>Names a provider that nobody registered.</summary>
[GrainType("lost-account")]
public sealed class LostAccountGrain(
    [PersistentState("account", "nowhere")] IPersistentState<Account> account,
    [PersistentState("settings", "nowhere")] IPersistentState<Settings> settings) : AccountGrainBase(account, settings);
