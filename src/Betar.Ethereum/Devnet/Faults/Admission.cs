namespace Betar.Ethereum.Devnet;

/// <summary>What the faults in force make of one request.</summary>
internal readonly record struct Admission(bool Unavailable, TimeSpan Delay, bool DropAnswer);
