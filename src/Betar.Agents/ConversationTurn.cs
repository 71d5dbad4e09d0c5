namespace Betar.Agents;

/// <summary>One exchange that an agent remembers of a caller.</summary>
public sealed record ConversationTurn(string Input, string Output);
