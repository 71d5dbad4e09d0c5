namespace Betar.Semantics.Tests.State;

/// <summary>Two states of two providers.</summary>
[GrainType("account")]
public sealed class AccountGrain(
    [PersistentState("account")] IPersistentState<Account> account,
    [PersistentState("settings", "other")] IPersistentState<Settings> settings) : AccountGrainBase(account, settings);
