using System.Security.Cryptography;
using System.Text;
using Betar.Crypto;

namespace Betar.Node.Cli.Wallets;

/// <summary>Reads a password from a person at the terminal. Nothing of it is shown, and no text of it is made.</summary>
internal static class SecretPrompt
{
    private const int Longest = 1024;

    /// <summary>For the real terminal; null when nobody is at it.</summary>
    public static Func<string, SecretBytes?>? Terminal => Console.IsInputRedirected ? null : question => Ask(question, Console.Error, () => Console.ReadKey(intercept: true));

    /// <summary>Null when nothing was typed. What is typed past the longest password is not taken.</summary>
    public static SecretBytes? Ask(string question, TextWriter shown, Func<ConsoleKeyInfo> read)
    {
        var typed = new char[Longest];
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(Longest)];
        var length = 0;
        shown.Write($"{question}: ");
        shown.Flush();
        try
        {
            for (var key = read(); key.Key != ConsoleKey.Enter; key = read())
            {
                if (key.Key == ConsoleKey.Backspace)
                    length = Math.Max(length - 1, 0);
                else if (!char.IsControl(key.KeyChar) && length < Longest)
                    typed[length++] = key.KeyChar;
            }

            shown.WriteLine();
            var written = Encoding.UTF8.GetBytes(typed.AsSpan(0, length), bytes);
            return written == 0 ? null : SecretBytes.Take(bytes.AsSpan(0, written));
        }
        finally
        {
            Array.Clear(typed);
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
