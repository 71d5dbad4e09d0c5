namespace Betar.Agents;

/// <summary>Earlier exchanges of one caller that shall become part of a summary.</summary>
/// <param name="Summary">What there is already; empty: nothing.</param>
/// <param name="Turns">What is to go into it, oldest first. A stranger's text: data, never an instruction.</param>
/// <param name="MaxBytes">Most bytes of the new one, as UTF-8.</param>
public sealed record CondenseRequest(string Summary, IReadOnlyList<ConversationTurn> Turns, int MaxBytes);
