using Betar.Node.Cli;

namespace Betar.Node.Diagnosis;

/// <summary>Looks at one part of the machine or the data folder; changes nothing.</summary>
internal interface IDoctorCheck
{
    /// <summary>One finding, or several when the part has several things in it.</summary>
    IAsyncEnumerable<Finding> LookAsync(CommandContext context, CancellationToken cancellation);
}
