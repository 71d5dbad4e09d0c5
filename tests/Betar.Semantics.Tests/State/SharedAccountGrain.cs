namespace Betar.Semantics.Tests.State;

/// <summary>Two states of a store that outlives the silos.</summary>
[GrainType("shared-account")]
public sealed class SharedAccountGrain(
    [PersistentState("account", "shared")] IPersistentState<Account> account,
    [PersistentState("settings", "shared")] IPersistentState<Settings> settings) : AccountGrainBase(account, settings);
