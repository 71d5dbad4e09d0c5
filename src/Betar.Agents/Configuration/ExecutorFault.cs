namespace Betar.Agents.Configuration;

/// <summary>Something that is wrong with an executor's settings.</summary>
/// <param name="Path">Where in the settings: names with dots between, list places as numbers ("tools.0.url"); empty for the whole.</param>
/// <param name="Message">In one sentence, without the value of a secret.</param>
public sealed record ExecutorFault(string Path, string Message);
