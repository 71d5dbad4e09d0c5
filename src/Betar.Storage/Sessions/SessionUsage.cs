namespace Betar.Storage.Sessions;

/// <summary>What an exchange used of language models.</summary>
/// <param name="Model">The model that answered.</param>
/// <param name="Calls">Calls of models, failed ones included.</param>
/// <param name="InputTokens">Tokens of all questions.</param>
/// <param name="OutputTokens">Tokens of all answers.</param>
/// <param name="Cost">By the prices of the agent's settings, in millionths of a USD, decimal text.</param>
public sealed record SessionUsage(string Model, int Calls, long InputTokens, long OutputTokens, string Cost);
