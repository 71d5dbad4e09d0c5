using System.Text.Json;

namespace Betar.Agents.Llm;

/// <summary>A tool that a model may use. Its answer, good or bad, is text for the model.</summary>
internal sealed record ModelTool(string Name, string Description, JsonElement Schema, Func<JsonElement, CancellationToken, ValueTask<string>> CallAsync);
