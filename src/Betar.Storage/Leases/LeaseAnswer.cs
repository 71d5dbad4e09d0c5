namespace Betar.Storage.Leases;

/// <summary>How a lease stands after a question.</summary>
/// <param name="Granted">Who asked has it. Of a look: somebody has it.</param>
/// <param name="Holder">Who has it, or had it last.</param>
/// <param name="Epoch">Of that holder's term. Grows with each term.</param>
/// <param name="Remaining">How long the term still lasts by the store's clock; zero: it has ended.</param>
public readonly record struct LeaseAnswer(bool Granted, string Holder, long Epoch, TimeSpan Remaining);
