using System.Text.Json;
using Betar.X402;

namespace Betar.Node.Demo.Interop;

/// <summary>A payment that viem signed.</summary>
/// <param name="Frame">The message with it, which may be shown as often as one likes.</param>
/// <param name="Key">What makes it that payment.</param>
/// <param name="Amount">In atomic units.</param>
/// <param name="PayTo">Who is paid.</param>
/// <param name="Quoting">How long the seller took to demand it.</param>
/// <param name="Signing">How long viem took to sign it.</param>
internal sealed record JsPayment(string Frame, PaymentKey Key, string Amount, string PayTo, TimeSpan Quoting, TimeSpan Signing);
