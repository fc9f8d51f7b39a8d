using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Sequor.Server.Settings;

namespace Sequor.Server.Operations;

/// <summary>Says why the server cannot listen where it was told to.</summary>
internal static class ListeningFault
{
    /// <summary>The sentence; null where the fault is another.</summary>
    /// <param name="fault">What was thrown when the server started.</param>
    /// <param name="options">How it is set up.</param>
    /// <returns>The sentence, and whether another address must be given; otherwise the machine must change.</returns>
    internal static (string Sentence, bool IsWrongAddress)? Explain(Exception fault, ServerOptions options)
    {
        string url = options.ListenUrl;
        for (Exception? one = fault; one is not null; one = one.InnerException)
        {
            switch (one)
            {
                case AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }:
                    return ($"{url} is in use already, by another program or another copy of this one. Give another --port, or end what listens there.", false);
                case SocketException { SocketErrorCode: SocketError.AccessDenied }:
                    return ($"This user may not listen at {url}: ports below 1024 need a right of their own. Give a --port of 1024 or more and let a proxy pass requests on.", false);
                case SocketException { SocketErrorCode: SocketError.AddressNotAvailable }:
                    return ($"{url} is no address of this machine. Give --host localhost, 0.0.0.0 or one of its own addresses.", true);
                case SocketException other:
                    return ($"The server cannot listen at {url}: {other.Message}.", false);
                default:
                    break;
            }
        }

        return null;
    }
}
