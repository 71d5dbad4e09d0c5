using Betar.X402.Facilitating;

namespace Betar.Storage.Settlements;

/// <param name="Entry">Null: there is no room for another payment.</param>
/// <param name="Rows">By how many rows the table grew; fewer than none when old ones went.</param>
internal readonly record struct SettlementTaken(SettlementEntry? Entry, int Rows);
