using Betar.Node.Errors;

namespace Betar.Node.Http;

/// <summary>Refusals as the original's scripts expect them: a line of text. It begins with the stable code.</summary>
internal static class LegacyRefusals
{
    public static ApiAnswer Of(CliRefusal refusal, int status) => ApiAnswer.Text(refusal.Sentence + "\n", status: status);
}
